/** Pictures of the customers' page in every state, wide and narrow, light and dark, into look/pictures: `node look/portal.mjs`. Fails on what the browser complains of and on what axe finds. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { readCode } from './read.mjs';
import { serve } from './server.mjs';

const PICTURES = fileURLToPath(new URL('./pictures/', import.meta.url));
const AXE = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
mkdirSync(PICTURES, { recursive: true });

let known;
const site = await serve(async load => {
  known = await load('mock/portal.ts');
  return new known.MockPortal();
});
const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const complaints = [];

async function open(scene, { width = 1440, dark = false, hash = '' } = {}) {
  site.show(new known.MockPortal(scene));
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP: false, timezoneId: 'Europe/Athens' });
  const page = await context.newPage();
  page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !message.text().includes('404 (Not Found)')) complaints.push(`portal: ${message.text()}`); });
  page.on('pageerror', error => complaints.push(`portal: ${error}`));
  page.on('request', request => { if (!request.url().startsWith(site.address) && !/^(data|blob):/.test(request.url())) complaints.push(`foreign request: ${request.url()}`); });
  await page.goto(`${site.address}/portal/${hash}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return page;
}

async function picture(page, name) {
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(PICTURES, `portal-${name}.png`), fullPage: true, animations: 'disabled' });
  // Content security policies hold for injected scripts as well, so axe runs in the isolated world that evaluate has.
  const found = await page.evaluate(`(() => { ${AXE}; return axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join(' | '))); })()`);
  for (const one of found) complaints.push(`${name}: axe ${one}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complaints.push(`${name}: ${wide} pixels wider than the window`);
}

try {
  for (const [suffix, how, more] of [['', {}, {}], ['-middle', { width: 900 }, {}], ['-middle-dark', { width: 900, dark: true }, {}], ['-narrow-dark', { width: 390, dark: true }, {}], ['-long', {}, { long: true }], ['-long-narrow', { width: 390 }, { long: true }]]) {
    let page = await open(more, how);
    await picture(page, `1-empty${suffix}`);
    for (const [name, letter] of [['2-answered', 'REQUEST'], ['2-hybrid', 'HYBRID'], ['2-deactivated', 'RELEASE'], ['2-exhausted', 'EXHAUSTED'], ['2-superseded', 'SUPERSEDED'], ['2-waits', 'LOOKED_AT']]) {
      await page.getByLabel('Usage request or deactivation code').fill(known[letter]);
      await page.getByRole('button', { name: 'Get the answer' }).click();
      await page.locator('[data-outcome]').waitFor();
      await picture(page, `${name}${suffix}`);
      for (const code of await page.getByRole('img', { name: /^QR code: / }).all()) {
        const read = await readCode(page, code).catch(unread => String(unread));
        if (!read.startsWith('CHARTER/1/')) complaints.push(`${name}${suffix}: the QR code is read as ${read.slice(0, 80)}`);
      }
      await page.getByRole('button', { name: 'Bring another request' }).click();
    }
    await page.getByLabel('Usage request or deactivation code').fill(known.REQUEST.slice(0, 300));
    await page.getByRole('button', { name: 'Get the answer' }).click();
    await page.getByText('The end of the document is missing').waitFor();
    await picture(page, `2-unreadable${suffix}`);
    await page.getByRole('tab', { name: 'Hosts of a license' }).click();
    await picture(page, `3-hosts${suffix}`);
    await page.getByRole('textbox', { name: 'License key' }).fill('ABCDE-FGHJK');
    await page.getByRole('button', { name: 'Show the hosts' }).click();
    await page.getByText('This opens no license').waitFor();
    await page.getByRole('textbox', { name: 'License ID' }).fill('lic-7q3kzt5rmwx2');
    await page.getByRole('button', { name: 'Mail the link' }).click();
    await page.getByText('If there is such a license').waitFor();
    await picture(page, `3-asked${suffix}`);
    await page.context().close();
    page = await open({ hosts: 5, ...more }, { ...how, hash: `#token=${known.TOKEN}` });
    await page.getByRole('region', { name: 'Hosts' }).waitFor();
    await picture(page, `4-opened${suffix}`);
    await page.getByRole('button', { name: /^Report .* as destroyed$/ }).first().click();
    await page.getByLabel('What happened').fill('The cabinet burnt down on Sunday, says Ms Miller.');
    await picture(page, `4-loss${suffix}`);
    await page.getByRole('button', { name: 'Report it as destroyed' }).click();
    await page.getByText('will look at this').waitFor();
    await picture(page, `4-reported${suffix}`);
    await page.context().close();
    for (const hosts of [0, 500]) {
      page = await open({ hosts, ...more }, { ...how, hash: `#token=${known.TOKEN}` });
      await page.getByRole('region', { name: 'Hosts' }).waitFor();
      if (hosts === 0 || suffix === '') await picture(page, `5-${hosts}-hosts${suffix}`);
      await page.context().close();
    }
    page = await open(more, { ...how, hash: `#${known.FROM_A_PHONE}` });
    await page.locator('[data-outcome=answered]').waitFor();
    await picture(page, `6-from-a-phone${suffix}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await site.stop();
}
for (const one of new Set(complaints)) console.log(one);
process.exitCode = complaints.length > 0 ? 1 : 0;
