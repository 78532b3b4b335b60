/** Pictures of the License page in every state, wide and narrow, light and dark, into look/pictures: `node look/license-page.mjs [state ...]`. Fails on what the browser complains of and on what axe finds. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { readCode } from './read.mjs';
import { serve } from './server.mjs';

/** Where the mock's orders are paid: the only address besides the page's own that a browser may be sent to. */
const CHECKOUTS = 'https://licenses.example/v1/checkouts/';
const PICTURES = fileURLToPath(new URL('./pictures/', import.meta.url));
const AXE = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
mkdirSync(PICTURES, { recursive: true });

let MockLicense;
const site = await serve(async load => {
  ({ MockLicense } = await load('mock/license.ts'));
  return new MockLicense();
});
const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const complaints = [];

async function open(scene, { width = 1440, dark = false } = {}) {
  site.show(new MockLicense(scene));
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', bypassCSP: false, timezoneId: 'Europe/Athens' });
  const page = await context.newPage();
  page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !/status of (409|412)/.test(message.text())) complaints.push(`${scene.state}: ${message.text()}`); });
  page.on('pageerror', error => complaints.push(`${scene.state}: ${error}`));
  page.on('request', request => { if (!request.url().startsWith(site.address) && !/^(data|blob):/.test(request.url()) && !request.url().startsWith(CHECKOUTS)) complaints.push(`foreign request: ${request.url()}`); });
  await page.route(`${CHECKOUTS}**`, route => route.fulfill({ contentType: 'text/html', body: '<title>Payment</title>' }));
  await page.goto(`${site.address}/plain.html`);
  await page.locator('#charter-headline').waitFor();
  return page;
}

async function picture(page, name) {
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: 'disabled' });
  // Content security policies hold for injected scripts as well, so axe runs in the isolated world that evaluate has.
  const found = await page.evaluate(`(() => { ${AXE}; return axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join(' | '))); })()`);
  for (const one of found) complaints.push(`${name}: axe ${one}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complaints.push(`${name}: ${wide} pixels wider than the window`);
}

/** The QR code with that name has to be readable from the screen, and say what the server sent. */
async function reads(page, name, scene, expected) {
  const read = await readCode(page, page.getByRole('img', { name }).last()).catch(unread => String(unread));
  if (read !== expected) complaints.push(`${scene}: the QR code "${name}" is read as ${read.slice(0, 80)}`);
}

const STATES = ['never-licensed', 'trial', 'trial-over', 'waiting', 'licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind', 'not-started', 'ended', 'suspended', 'revoked', 'fenced', 'released', 'other-machine', 'damaged'];
const wanted = process.argv.slice(2);
const KEY = 'ACMEW-ATER2-PLANT-AKEYX-23456';
try {
  for (const state of STATES.filter(one => wanted.length === 0 || wanted.includes(one))) {
    const page = await open({ state });
    await picture(page, `license-${state}`);
    await page.context().close();
  }
  if (wanted.length === 0 || wanted.includes('more')) {
    for (const [name, scene, how] of [
      ['licensed-dark', { state: 'licensed' }, { dark: true }], ['licensed-narrow', { state: 'licensed' }, { width: 390 }], ['licensed-middle', { state: 'licensed' }, { width: 900 }],
      ['licensed-long', { state: 'licensed', long: true }, {}], ['licensed-long-narrow-dark', { state: 'licensed', long: true }, { width: 390, dark: true }],
      ['trial-dark-narrow', { state: 'trial' }, { width: 390, dark: true }], ['never-licensed-narrow', { state: 'never-licensed' }, { width: 390 }], ['never-licensed-dark', { state: 'never-licensed' }, { dark: true }],
      ['suspended-dark', { state: 'suspended' }, { dark: true }], ['grace-narrow', { state: 'grace' }, { width: 390 }], ['released-narrow-dark', { state: 'released' }, { width: 390, dark: true }],
    ]) {
      const page = await open(scene, how);
      await picture(page, `license-${name}`);
      await page.context().close();
    }
  }
  if (wanted.length === 0 || wanted.includes('floating')) {
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { width: 900, dark: true }, {}], ['-narrow', { width: 390 }, {}], ['-long-narrow-dark', { width: 390, dark: true }, { long: true }], ['-long', {}, { long: true }]]) {
      for (const [scene, state, seat] of [['held', 'licensed', 'held'], ['away', 'licensed', 'away'], ['locked', 'degraded', 'locked'], ['waits', 'never-licensed', 'waits']]) {
        const page = await open({ state, seat, ...more }, how);
        await picture(page, `floating-${scene}${name}`);
        await page.context().close();
      }
      let page = await open({ state: 'licensed', seat: 'held', leased: true, ...more }, how);
      await picture(page, `floating-leased${name}`);
      await page.getByRole('button', { name: 'Deactivate' }).click();
      await picture(page, `floating-deactivate${name}`);
      await page.context().close();
      page = await open({ state: 'never-licensed', ...more }, how);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Floating').click();
      await picture(page, `floating-wizard-1-method${name}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await picture(page, `floating-wizard-2-servers${name}`);
      for (const [index, server] of ['licenses.plant.example', 'http://full.plant.example:16090', 'http://other-vendor.plant.example:16090', `http://${more.long ? 'a-host-with-a-name-'.repeat(8) : 'gone'}.example:16090`].entries()) {
        if (index > 0) await page.getByRole('button', { name: 'Add another server' }).click();
        await page.getByRole('textbox', { name: /^License server/ }).nth(index).fill(server);
      }
      await page.getByRole('button', { name: 'Look' }).click();
      await page.getByText('2 of 5 seats free').waitFor();
      await picture(page, `floating-wizard-3-looked${name}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await picture(page, `floating-wizard-4-features${name}`);
      await page.getByRole('button', { name: 'Take a seat' }).click();
      await page.getByRole('button', { name: 'Finish' }).waitFor();
      await picture(page, `floating-wizard-5-done${name}`);
      await page.context().close();
    }
  }
  if (wanted.length === 0 || wanted.includes('wizard')) {
    for (const [name, how] of [['', {}], ['-narrow-dark', { width: 390, dark: true }]]) {
      const page = await open({ state: 'never-licensed' }, how);
      await page.getByRole('button', { name: 'Next' }).click();
      await picture(page, `wizard-2-method${name}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await picture(page, `wizard-3-empty${name}`);
      await page.getByLabel('License key').first().fill('ACMEW-ATER2-PLANT-AKEYX-23457');
      await picture(page, `wizard-3-mistyped${name}`);
      await page.getByLabel('License key').first().fill('USEDU-PXXXX-XXXXX-XXXXX-22222');
      await page.locator('[data-group="5"]').getByText('2').first().waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('ACTIVATIONS_EXHAUSTED').waitFor();
      await picture(page, `wizard-4-refused${name}`);
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByLabel('License key').first().fill(`Dear Sir,\nyour key is ${KEY.toLowerCase()} and has three activations.`);
      await page.locator('[data-group="1"]').getByText('A').first().waitFor();
      await picture(page, `wizard-3-complete${name}`);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Finish' }).waitFor();
      await picture(page, `wizard-5-complete${name}`);
      await page.getByRole('button', { name: 'Finish' }).click();
      await page.getByRole('button', { name: 'Deactivate' }).click();
      await picture(page, `deactivate-asked${name}`);
      await page.getByRole('button', { name: 'Keep it as it is' }).click();
      await page.getByRole('button', { name: 'Reactivate' }).click();
      await page.getByText('nothing has changed').waitFor();
      await picture(page, `reactivated${name}`);
      await page.context().close();
    }
    const page = await open({ state: 'never-licensed' });
    await page.getByLabel('Start a trial').click();
    await page.getByRole('button', { name: 'Next' }).click();
    await picture(page, 'wizard-trial');
    await page.context().close();
  }
  if (wanted.length === 0 || wanted.includes('purchase')) {
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { width: 900, dark: true }, {}], ['-narrow', { width: 390 }, {}], ['-long', {}, { long: true }], ['-long-narrow-dark', { width: 390, dark: true }, { long: true }]]) {
      const begin = async scene => {
        const page = await open({ ...scene, ...more }, how);
        await page.getByLabel('I need to purchase a license').click();
        await page.getByRole('button', { name: 'Next' }).click();
        return page;
      };
      let page = await begin({ state: 'never-licensed', checkout: 'test' });
      await page.getByRole('checkbox').first().waitFor();
      await picture(page, `purchase-1-items${name}`);
      await page.getByRole('checkbox', { name: 'MQTT Server' }).first().check();
      await page.getByRole('checkbox', { name: 'MQTT Server Support' }).check();
      await page.getByRole('combobox', { name: 'Years of' }).selectOption('3');
      await page.getByRole('checkbox', { name: 'IoT Bridge for Snowflake' }).check();
      await picture(page, `purchase-2-chosen${name}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill(more.long ? 'Zweckverband Wasserversorgung-und-Abwasserentsorgung '.repeat(3) : 'ACME Water');
      await page.getByRole('textbox', { name: 'E-mail' }).fill('water.acme.example');
      await page.getByRole('textbox', { name: 'Name' }).focus();
      await picture(page, `purchase-3-buyer${name}`);
      await page.getByRole('textbox', { name: 'E-mail' }).fill('water@acme.example');
      site.mock().orders.priceIs('mqtt-server', 'EUR', 150_000);
      site.mock().orders.withdraw('snowflake');
      await page.getByRole('button', { name: 'Purchase' }).click();
      await page.getByText('it was').waitFor();
      await picture(page, `purchase-4-changed${name}`);
      await page.getByRole('button', { name: 'Purchase' }).click();
      await page.waitForURL(`${CHECKOUTS}**`);
      await page.goto(`${site.address}/plain.html`);
      await page.getByText('Waiting for the payment').waitFor();
      await picture(page, `purchase-5-open${name}`);
      await page.getByRole('button', { name: 'Cancel the order' }).click();
      await picture(page, `purchase-5-cancel${name}`);
      await page.getByRole('button', { name: 'Keep it as it is' }).click();
      site.mock().orders.pay();
      await page.getByRole('progressbar', { name: 'Your order is on its way' }).waitFor();
      await picture(page, `purchase-6-paid${name}`);
      site.mock().orders.fulfil();
      await page.getByText('Your order has arrived').waitFor();
      await picture(page, `purchase-7-arrived${name}`);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.getByRole('button', { name: 'Upgrade License' }).click();
      await page.getByRole('checkbox').first().waitFor();
      await picture(page, `purchase-8-upgrade${name}`);
      await page.context().close();
      for (const order of ['sending', 'look', 'closed', 'lost', 'stuck', 'unsafe']) {
        page = await open({ state: 'never-licensed', order, ...more }, how);
        await page.getByRole('region', { name: 'Your order', exact: true }).waitFor();
        await picture(page, `order-${order}${name}`);
        await page.context().close();
      }
      for (const [scene, state, order] of [['upgrade-paid', 'licensed', 'paid'], ['withheld', 'suspended', 'withheld']]) {
        page = await open({ state, order, ...more }, how);
        await page.getByRole('region', { name: 'Your order', exact: true }).waitFor();
        await picture(page, `order-${scene}${name}`);
        await page.context().close();
      }
      for (const support of ['running', 'ended', 'uncovered', 'security']) {
        page = await open({ state: 'licensed', support, ...more }, how);
        await picture(page, `support-${support}${name}`);
        await page.context().close();
      }
      for (const sold of ['nothing', 'one', 'many', 'away']) {
        page = await begin({ state: 'never-licensed', sold });
        await page.getByText('Not sold').or(page.getByText('Nothing is sold')).or(page.getByText('was not reached')).or(page.getByRole('status', { name: 'Sum' })).first().waitFor();
        if (sold === 'many') await page.getByRole('checkbox').nth(2).check();
        await picture(page, `purchase-sold-${sold}${name}`);
        await page.context().close();
      }
      page = await open({ state: 'licensed', sold: 'held', ...more }, how);
      await page.getByRole('button', { name: 'Upgrade License' }).click();
      await page.getByText('nothing more to buy').waitFor();
      await picture(page, `purchase-sold-held${name}`);
      await page.context().close();
    }
  }
  if (wanted.length === 0 || wanted.includes('letters')) {
    for (const state of ['ended', 'grace', 'suspended', 'trial', 'licensed', 'revoked']) {
      const page = await open({ state, offline: true, requested: ['trial', 'licensed'].includes(state) });
      await picture(page, `letter-0-${state}`);
      await page.context().close();
    }
    const offline = { state: 'never-licensed', offline: true };
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { width: 900, dark: true }, {}], ['-narrow-dark', { width: 390, dark: true }, {}], ['-long', {}, { long: true }], ['-long-narrow', { width: 390 }, { long: true }], ['-bare', {}, { withoutVendor: true }]]) {
      let page = await open({ ...offline, ...more }, how);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Offline').click();
      await page.getByRole('button', { name: 'Next' }).click();
      await picture(page, `letter-1-which-way${name}`);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('License key').first().fill('HEREX-WATER-PLANT-AKEYX-23456');
      await page.locator('[data-group="5"]').getByText('2').first().waitFor();
      await picture(page, `letter-2-key${name}`);
      await page.getByRole('button', { name: 'Generate Usage Request' }).click();
      await page.getByRole('dialog').waitFor();
      await picture(page, `letter-3-request${name}`);
      await reads(page, 'QR code: Usage request', `letter-3-request${name}`, site.mock().request.codes[0]);
      await page.getByRole('button', { name: 'Show all' }).click();
      await picture(page, `letter-3-request-unfolded${name}`);
      await page.getByRole('button', { name: 'Show it larger' }).click();
      await picture(page, `letter-3-request-larger${name}`);
      await reads(page, 'QR code: Usage request', `letter-3-request-larger${name}`, site.mock().request.codes[0]);
      await page.getByRole('dialog', { name: 'larger' }).getByRole('button', { name: 'Close' }).click();
      await page.getByRole('dialog', { name: 'Offline Activation' }).getByRole('button', { name: 'Close' }).click();
      await picture(page, `letter-4-waiting${name}`);
      const text = (words, request) => `-----BEGIN CHARTER ${words}-----\nREQUEST${request}\n${'eNp1kMtunEAQRf+FdSIBE2YU78A80nhgwquBjiLUNHi6oXkMYDNg+d8DlhfeZHEX\n'.repeat(30)}-----END CHARTER ${words}-----\n`;
      await page.getByRole('textbox', { name: 'Usage license' }).fill(text('USAGE REQUEST', 1));
      await page.getByText('This is a usage request').waitFor();
      await picture(page, `letter-5-wrong${name}`);
      await page.getByRole('textbox', { name: 'Usage license' }).fill(text('USAGE LICENSE', 0));
      await page.getByText('This is a usage license').waitFor();
      await page.getByRole('button', { name: 'Install usage license' }).click();
      await page.getByText('REQUEST_SUPERSEDED').waitFor();
      await picture(page, `letter-5-superseded${name}`);
      await page.getByRole('button', { name: 'Back' }).click();
      await picture(page, `letter-6-another${name}`);
      await page.getByLabel('Generate Usage Request').click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('License key').first().fill('HEREX-WATER-PLANT-AKEYX-23456');
      await page.locator('[data-group="5"]').getByText('2').first().waitFor();
      await page.getByRole('button', { name: 'Generate Usage Request' }).click();
      await page.getByText('What is lost').waitFor();
      await picture(page, `letter-6-supersede${name}`);
      await page.context().close();
      page = await open({ state: 'licensed', offline: true, ...more }, how);
      await picture(page, `letter-7-licensed${name}`);
      await page.getByRole('button', { name: 'Upgrade License' }).click();
      await page.getByRole('dialog').waitFor();
      await picture(page, `letter-7-update${name}`);
      await page.getByRole('button', { name: 'Upload Usage License' }).click();
      await picture(page, `letter-7-update-waits${name}`);
      await page.getByRole('textbox', { name: 'Usage license' }).fill(text('USAGE LICENSE', 1));
      await page.getByText('This is a usage license').waitFor();
      await page.getByRole('button', { name: 'Install usage license' }).click();
      await page.getByText('What changed').waitFor();
      await picture(page, `letter-7-updated${name}`);
      await page.getByRole('button', { name: 'Finish' }).click();
      await page.getByRole('button', { name: 'Deactivate' }).click();
      await picture(page, `letter-8-deactivate${name}`);
      await page.getByRole('button', { name: 'Deactivate this server' }).click();
      await page.getByText('BEGIN CHARTER RELEASE').waitFor();
      await picture(page, `letter-8-code${name}`);
      await reads(page, 'QR code: Deactivation code', `letter-8-code${name}`, site.mock().released.codes[0]);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await site.stop();
}
for (const one of new Set(complaints)) console.log(one);
process.exitCode = complaints.length > 0 ? 1 : 0;
