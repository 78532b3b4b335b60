/** Pictures of the floating server's console: `node look/floating-console.mjs [page ...]`. */
import { DARK, look, MIDDLE, NARROW, wants } from './looking.mjs';

const PAGES = { overview: '/', seats: '/seats', queue: '/queue', license: '/license', 'server-info': '/server-info', audit: '/audit', users: '/users' };

await look({ file: 'mock/floating.ts', mock: 'MockFloating', console: 'floating-console', pause: 700, expected: /40[39]|503/ }, async ({ shot }) => {
  for (const [name, path] of Object.entries(PAGES).filter(([name]) => wants(name))) {
    for (const [how, scene, window] of [
      ['', {}, {}],
      ['-narrow-dark', { license: 'requested', long: true }, { ...NARROW, ...DARK }],
      ['-narrow', { license: 'ending', long: true }, NARROW],
      ['-nothing-middle', { amount: 'nothing' }, MIDDLE],
      ['-none', { license: 'none', online: true }, {}],
      ['-many-dark', { amount: 'many', long: true, troubled: true, online: true }, DARK],
      ['-viewer-middle-dark', { role: 'viewer', license: 'ending' }, { ...MIDDLE, ...DARK }],
    ]) {
      if (how.startsWith('-viewer') && (name === 'audit' || name === 'users')) continue;
      await shot(`floating-console-${name}${how}`, scene, `/#${path}`, window);
    }
  }
  if (!wants('more')) return;
  await shot('floating-console-setup', { setupNeeded: true }, '/#/');
  await shot('floating-console-login-dark-narrow', { entered: false }, '/#/', { ...NARROW, ...DARK });
  for (const [name, scene, path, button, window] of [
    ['request', { license: 'none' }, '/license', 'Make a request', {}], ['online-narrow', { license: 'none', online: true }, '/license', 'Activate online', NARROW], ['change', {}, '/license', 'Ask for a change', {}],
    ['deactivate', { online: true }, '/license', 'Deactivate', DARK], ['released', { license: 'released' }, '/license', 'Make a request', {}], ['reclaim', {}, '/seats', /^Reclaim the seat of line-1$/, {}],
    ['reclaim-long-narrow', { long: true }, '/seats', /^Reclaim the seat/, { ...NARROW, ...DARK }], ['emergency', {}, '/', 'Start an emergency day', {}], ['reserve', {}, '/queue', 'Reserve seats', {}], ['menu', {}, '/', 'Open the menu', NARROW],
    ['add-user-narrow', {}, '/users', 'Add a user', NARROW], ['change-user-dark', {}, '/users', /^Change /, DARK], ['delete-user-long-narrow', { long: true }, '/users', /^Delete /, NARROW],
  ]) await shot(`floating-console-${name}`, scene, `/#${path}`, window, page => page.getByRole('button', { name: button }).first().click());
});
