/** Pictures of the MQTT server's console: `node look/console.mjs [page ...]`. */
import { DARK, look, MIDDLE, NARROW, wants } from './looking.mjs';

const PAGES = { dashboard: '/', clients: '/clients', client: '/clients/bGluZS0x', topics: '/topics', retained: '/retained', sparkplug: '/sparkplug', try: '/try', credentials: '/credentials', listeners: '/listeners', bridges: '/bridges', license: '/license', users: '/users', audit: '/audit', logs: '/logs', system: '/system', doctor: '/doctor' };

// The mock follows no log, and no broker listens where it says.
await look({ file: 'mock/console.ts', mock: 'MockConsole', pause: 700, expected: /EventSource|logs\/stream|404/ }, async ({ shot }) => {
  for (const [name, path] of Object.entries(PAGES).filter(([name]) => wants(name))) {
    await shot(`console-${name}`, { state: 'licensed' }, `/#${path}`);
    await shot(`console-${name}-narrow-dark`, { state: 'trial', long: true }, `/#${path}`, { ...NARROW, ...DARK });
    await shot(`console-${name}-nothing-middle`, { state: 'never-licensed', amount: 'nothing', webSocket: false }, `/#${path}`, MIDDLE);
    await shot(`console-${name}-many-dark`, { state: 'grace', amount: 'many', long: true }, `/#${path}`, DARK);
  }
  if (!wants('more')) return;
  await shot('console-setup', { state: 'never-licensed', setupNeeded: true }, '/#/');
  await shot('console-login-dark-narrow', { state: 'licensed', entered: false }, '/#/', { ...NARROW, ...DARK });
  for (const [name, path, button, window] of [
    ['add-credentials', '/credentials', 'Add MQTT credentials', {}], ['add-credentials-narrow', '/credentials', 'Add MQTT credentials', NARROW], ['delete-away', '/clients', 'Delete those that are away', {}],
    ['add-certificate', '/listeners', 'Add a certificate', DARK], ['add-listener', '/listeners', 'Add a listener', {}], ['retained-shown', '/retained', 'plant/line-1/state', {}], ['add-user', '/users', 'Add a user', {}], ['menu', '/', 'Open the menu', NARROW],
    ['sparkplug-node', '/sparkplug', 'press-line', {}], ['topics-open', '/topics', 'Open plant', {}],
  ]) await shot(`console-${name}`, { state: 'licensed' }, `/#${path}`, window, page => page.getByRole('button', { name: button }).first().click());
});
