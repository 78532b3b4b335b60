/** Pictures of the floating server's console, as look/license-page.mjs makes them of the License page: `node look/floating-console.mjs [page ...]`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const PICTURES = fileURLToPath(new URL('./pictures/', import.meta.url));
const AXE = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
mkdirSync(PICTURES, { recursive: true });

let MockFloating;
const site = await serve(async load => {
  ({ MockFloating } = await load('mock/floating.ts'));
  return new MockFloating();
}, 'floating-console');
const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const complaints = [];
const PAGES = { overview: '/', leases: '/leases', queue: '/queue', license: '/license', 'server-info': '/server-info', audit: '/audit', users: '/users' };
const wanted = process.argv.slice(2);

async function open(scene, path, { width = 1440, dark = false } = {}) {
  site.show(new MockFloating(scene));
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', timezoneId: 'Europe/Athens' });
  const page = await context.newPage();
  page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !/40[39]|503/.test(message.text())) complaints.push(`${path}: ${message.text()}`); });
  page.on('pageerror', error => complaints.push(`${path}: ${error}`));
  page.on('request', request => { if (!request.url().startsWith(site.address) && !/^(data|blob):/.test(request.url())) complaints.push(`foreign request: ${request.url()}`); });
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
      ['', {}, {}],
      ['-narrow-dark', { license: 'requested', long: true }, { width: 390, dark: true }],
      ['-narrow', { license: 'ending', long: true }, { width: 390 }],
      ['-nothing-middle', { amount: 'nothing' }, { width: 900 }],
      ['-none', { license: 'none', online: true }, {}],
      ['-many-dark', { amount: 'many', long: true, troubled: true, online: true }, { dark: true }],
      ['-viewer-middle-dark', { role: 'viewer', license: 'ending' }, { width: 900, dark: true }],
    ]) {
      if (how.startsWith('-viewer') && (name === 'audit' || name === 'users')) continue;
      const page = await open(scene, path, window);
      await picture(page, `floating-console-${name}${how}`);
      await page.context().close();
    }
  }
  if (wanted.length === 0 || wanted.includes('more')) {
    for (const [name, scene, window] of [['setup', { setupNeeded: true }, {}], ['login-dark-narrow', { entered: false }, { width: 390, dark: true }]]) {
      const page = await open(scene, '/', window);
      await picture(page, `floating-console-${name}`);
      await page.context().close();
    }
    for (const [name, scene, path, button, window] of [
      ['request', { license: 'none' }, '/license', 'Make a request', {}], ['online-narrow', { license: 'none', online: true }, '/license', 'Activate online', { width: 390 }], ['change', {}, '/license', 'Ask for a change', {}],
      ['deactivate', { online: true }, '/license', 'Deactivate', { dark: true }], ['released', { license: 'released' }, '/license', 'Make a request', {}], ['reclaim', {}, '/leases', /^Reclaim the seat of line-1$/, {}],
      ['reclaim-long-narrow', { long: true }, '/leases', /^Reclaim the seat/, { width: 390, dark: true }], ['emergency', {}, '/', 'Start an emergency day', {}], ['reserve', {}, '/queue', 'Reserve seats', {}], ['menu', {}, '/', 'Open the menu', { width: 390 }],
    ]) {
      const page = await open(scene, path, window);
      await page.getByRole('button', { name: button }).first().click();
      await picture(page, `floating-console-${name}`);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await site.stop();
}
for (const one of new Set(complaints)) console.log(one);
process.exitCode = complaints.length > 0 ? 1 : 0;
