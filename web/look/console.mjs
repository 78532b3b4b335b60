/** Pictures of the console's pages, as look/license-page.mjs makes them of the License page: `node look/console.mjs [page ...]`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const PICTURES = fileURLToPath(new URL('./pictures/', import.meta.url));
const AXE = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
mkdirSync(PICTURES, { recursive: true });

let MockConsole;
const site = await serve(async load => {
  ({ MockConsole } = await load('mock/console.ts'));
  return new MockConsole();
});
const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const complaints = [];
const PAGES = { dashboard: '/', clients: '/clients', client: '/clients/bGluZS0x', topics: '/topics', retained: '/retained', sparkplug: '/sparkplug', try: '/try', credentials: '/credentials', listeners: '/listeners', bridges: '/bridges', license: '/license', users: '/users', audit: '/audit', logs: '/logs', system: '/system', doctor: '/doctor' };
const wanted = process.argv.slice(2);

async function open(scene, path, { width = 1440, dark = false } = {}) {
  site.show(new MockConsole(scene));
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', timezoneId: 'Europe/Athens' });
  const page = await context.newPage();
  page.on('console', message => {
    // The mock follows no log, and no broker listens where it says.
    if (['error', 'warning'].includes(message.type()) && !/EventSource|logs\/stream|404/.test(message.text())) complaints.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', error => complaints.push(`${path}: ${error}`));
  page.on('request', request => { if (!request.url().startsWith(site.address) && !/^(data|blob|ws):/.test(request.url())) complaints.push(`foreign request: ${request.url()}`); });
  await page.goto(`${site.address}/#${path}`);
  await page.locator('h1').first().waitFor();
  return page;
}

async function picture(page, name) {
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: 'disabled' });
  const found = await page.evaluate(`(() => { ${AXE}; return axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).slice(0, 2).join(' | '))); })()`);
  for (const one of found) complaints.push(`${name}: axe ${one}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complaints.push(`${name}: ${wide} pixels wider than the window`);
}

try {
  for (const [name, path] of Object.entries(PAGES).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    for (const [how, scene, window] of [
      ['', { state: 'licensed' }, {}],
      ['-narrow-dark', { state: 'trial', long: true }, { width: 390, dark: true }],
      ['-nothing-middle', { state: 'never-licensed', amount: 'nothing', webSocket: false }, { width: 900 }],
      ['-many-dark', { state: 'grace', amount: 'many', long: true }, { dark: true }],
    ]) {
      const page = await open(scene, path, window);
      await picture(page, `console-${name}${how}`);
      await page.context().close();
    }
  }
  if (wanted.length === 0 || wanted.includes('more')) {
    for (const [name, scene, window] of [['setup', { state: 'never-licensed', setupNeeded: true }, {}], ['login-dark-narrow', { state: 'licensed', entered: false }, { width: 390, dark: true }]]) {
      const page = await open(scene, '/', window);
      await picture(page, `console-${name}`);
      await page.context().close();
    }
    for (const [name, path, button, window] of [
      ['add-credentials', '/credentials', 'Add MQTT credentials', {}], ['add-credentials-narrow', '/credentials', 'Add MQTT credentials', { width: 390 }], ['delete-away', '/clients', 'Delete those that are away', {}],
      ['add-certificate', '/listeners', 'Add a certificate', { dark: true }], ['add-listener', '/listeners', 'Add a listener', {}], ['retained-shown', '/retained', 'plant/line-1/state', {}], ['add-user', '/users', 'Add a user', {}], ['menu', '/', 'Open the menu', { width: 390 }],
      ['sparkplug-node', '/sparkplug', 'press-line', {}], ['topics-open', '/topics', 'Open plant', {}],
    ]) {
      const page = await open({ state: 'licensed' }, path, window);
      await page.getByRole('button', { name: button }).first().click();
      await picture(page, `console-${name}`);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await site.stop();
}
for (const one of new Set(complaints)) console.log(one);
process.exitCode = complaints.length > 0 ? 1 : 0;
