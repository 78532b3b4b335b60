/** Pictures of the License page in every state: `node look/license-page.mjs [state ...]`. */
import { DARK, look, MIDDLE, NARROW, wants } from './looking.mjs';
import { readCode } from './read.mjs';

/** Where the mock's orders are paid: the only address besides the page's own that a browser may be sent to. */
const CHECKOUTS = 'https://licenses.example/v1/checkouts/';
const PLAIN = '/plain.html';
const STATES = ['never-licensed', 'trial', 'trial-over', 'waiting', 'licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind', 'not-started', 'ended', 'suspended', 'revoked', 'fenced', 'released', 'other-machine', 'damaged'];
const KEY = 'ACMEW-ATER2-PLANT-AKEYX-23456';
/** With it the mock's vendor is not reached, and no letter can be made. */
const AWAY_KEY = 'AWAYX-XXXXX-XXXXX-XXXXX-33333';

const toPayment = page => page.route(`${CHECKOUTS}**`, route => route.fulfill({ contentType: 'text/html', body: '<title>Payment</title>' }));
const seesOrder = page => page.getByRole('region', { name: 'Your order', exact: true }).waitFor();

await look({ file: 'mock/license.ts', mock: 'MockLicense', ready: '#charter-headline', expected: /status of (409|412)/, own: CHECKOUTS, prepare: toPayment }, async ({ site, open, picture, shot, complain }) => {
  /** The QR code with that name has to be readable from the screen, and say what the server sent. */
  async function reads(page, name, scene, expected) {
    const read = await readCode(page, page.getByRole('img', { name }).last()).catch(unread => String(unread));
    if (read !== expected) complain(`${scene}: the QR code "${name}" is read as ${read.slice(0, 80)}`);
  }

  for (const state of STATES.filter(one => wants(one))) {
    await shot(`license-${state}`, { state }, PLAIN);
  }
  if (wants('more')) {
    for (const [name, scene, how] of [
      ['licensed-dark', { state: 'licensed' }, DARK], ['licensed-narrow', { state: 'licensed' }, NARROW], ['licensed-middle', { state: 'licensed' }, MIDDLE],
      ['licensed-long', { state: 'licensed', long: true }, {}], ['licensed-long-narrow-dark', { state: 'licensed', long: true }, { ...NARROW, ...DARK }],
      ['trial-dark-narrow', { state: 'trial' }, { ...NARROW, ...DARK }], ['never-licensed-narrow', { state: 'never-licensed' }, NARROW], ['never-licensed-dark', { state: 'never-licensed' }, DARK],
      ['suspended-dark', { state: 'suspended' }, DARK], ['grace-narrow', { state: 'grace' }, NARROW], ['released-narrow-dark', { state: 'released' }, { ...NARROW, ...DARK }],
    ]) await shot(`license-${name}`, scene, PLAIN, how);
  }
  if (wants('floating')) {
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { ...MIDDLE, ...DARK }, {}], ['-narrow', NARROW, {}], ['-long-narrow-dark', { ...NARROW, ...DARK }, { long: true }], ['-long', {}, { long: true }]]) {
      for (const [scene, state, seat] of [['held', 'licensed', 'held'], ['away', 'licensed', 'away'], ['locked', 'degraded', 'locked'], ['emergency', 'emergency', 'locked'], ['over', 'ended', 'over'], ['waits', 'never-licensed', 'waits']]) {
        await shot(`floating-${scene}${name}`, { state, seat, ...more }, PLAIN, how);
      }
      let page = await open({ state: 'licensed', seat: 'held', leased: true, ...more }, PLAIN, how);
      await picture(page, `floating-leased${name}`);
      await page.getByRole('button', { name: 'Deactivate' }).click();
      await picture(page, `floating-deactivate${name}`);
      await page.context().close();
      page = await open({ state: 'never-licensed', ...more }, PLAIN, how);
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
      for (const [scene, server, features] of [['refused', 'licenses.plant.example', ['Sparkplug Aware']], ['full', 'full.plant.example', undefined], ['nobody', 'gone.example', undefined]]) {
        page = await open({ state: 'never-licensed', ...more }, PLAIN, how);
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByLabel('Floating').click();
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('textbox', { name: /^License server/ }).fill(server);
        await page.getByRole('button', { name: 'Look' }).click();
        await page.getByText(/of 5 seats|5 seats taken|Nobody answers/).first().waitFor();
        await picture(page, `floating-${scene}-1-looked${name}`);
        if (scene !== 'nobody') {
          await page.getByRole('button', { name: 'Next' }).click();
          for (const box of features ? await page.getByRole('group', { name: 'Features' }).getByRole('checkbox').all() : []) await box.setChecked(features.includes(await box.locator('xpath=ancestor::label').textContent().then(text => features.find(one => text.startsWith(one)))));
          await picture(page, `floating-${scene}-2-features${name}`);
          await page.getByRole('button', { name: 'Take a seat' }).click();
          await page.getByText(/no free seat with|Waiting for a seat/).first().waitFor();
          await picture(page, `floating-${scene}-3-answered${name}`);
        }
        await page.context().close();
      }
    }
  }
  if (wants('wizard')) {
    for (const [name, how] of [['', {}], ['-narrow-dark', { ...NARROW, ...DARK }]]) {
      const page = await open({ state: 'never-licensed' }, PLAIN, how);
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
    const page = await open({ state: 'never-licensed' }, PLAIN);
    await page.getByLabel('Start a trial').click();
    await page.getByRole('button', { name: 'Next' }).click();
    await picture(page, 'wizard-trial');
    await page.context().close();
  }
  if (wants('purchase')) {
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { ...MIDDLE, ...DARK }, {}], ['-narrow', NARROW, {}], ['-long', {}, { long: true }], ['-long-narrow-dark', { ...NARROW, ...DARK }, { long: true }]]) {
      const begin = async scene => {
        const page = await open({ ...scene, ...more }, PLAIN, how);
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
      await shot(`purchase-letter-waits${name}`, { state: 'never-licensed', requested: true, ...more }, PLAIN, how, async waiting => {
        for (let back = 0; back < 3; back++) await waiting.getByRole('button', { name: 'Back' }).click();
        await waiting.getByLabel('I need to purchase a license').click();
        await waiting.getByRole('button', { name: 'Next' }).click();
        await waiting.getByText('waits for its answer').waitFor();
      });
      for (const order of ['sending', 'look', 'closed', 'lost', 'stuck', 'unsafe']) {
        await shot(`order-${order}${name}`, { state: 'never-licensed', order, ...more }, PLAIN, how, seesOrder);
      }
      for (const [scene, state, order] of [['upgrade-paid', 'licensed', 'paid'], ['withheld', 'suspended', 'withheld']]) {
        await shot(`order-${scene}${name}`, { state, order, ...more }, PLAIN, how, seesOrder);
      }
      for (const support of ['running', 'ended', 'uncovered', 'security']) {
        await shot(`support-${support}${name}`, { state: 'licensed', support, ...more }, PLAIN, how);
      }
      for (const sold of ['nothing', 'one', 'many', 'away']) {
        page = await begin({ state: 'never-licensed', sold });
        await page.getByText('Not sold').or(page.getByText('Nothing is sold')).or(page.getByText('was not reached')).or(page.getByRole('status', { name: 'Sum' })).first().waitFor();
        if (sold === 'many') await page.getByRole('checkbox').nth(2).check();
        await picture(page, `purchase-sold-${sold}${name}`);
        await page.context().close();
      }
      page = await open({ state: 'licensed', sold: 'held', ...more }, PLAIN, how);
      await page.getByRole('button', { name: 'Upgrade License' }).click();
      await page.getByText('nothing more to buy').waitFor();
      await picture(page, `purchase-sold-held${name}`);
      await page.context().close();
    }
  }
  if (wants('failed')) {
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { ...MIDDLE, ...DARK }, {}], ['-narrow', NARROW, {}], ['-long-narrow-dark', { ...NARROW, ...DARK }, { long: true }]]) {
      const toKey = async (page, method) => {
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByLabel(method).click();
        await page.getByRole('button', { name: 'Next' }).click();
        if (method === 'Offline') await page.getByRole('button', { name: 'Next' }).click();
        await page.getByLabel('License key').first().fill(AWAY_KEY);
        await page.locator('[data-group="5"]').getByText('3').first().waitFor();
        await page.keyboard.press('Enter');
      };
      await shot(`failed-request${name}`, { state: 'never-licensed', offline: true, ...more }, PLAIN, how, async page => {
        await toKey(page, 'Offline');
        await page.getByText('the disk is full').waitFor();
      });
      await shot(`failed-activation${name}`, { state: 'never-licensed', away: true, ...more }, PLAIN, how, async page => {
        await toKey(page, 'Online');
        await page.getByText('was not reached').first().waitFor();
      });
      await shot(`failed-letter${name}`, { state: 'never-licensed', offline: true, requested: true, ...more }, PLAIN, how, async page => {
        await page.getByRole('textbox', { name: 'Usage license' }).fill(`Dear customer,\n\n-----BEGIN CHARTER USAGE LICENSE-----\n${'eNp1kMtunEAQRf+FdSIBE2YU78A80nhgwquBjiLUNHi6oXkMYDNg+d8DlhfeZHEX\n'.repeat(5)}`);
        await page.getByText('The end of the document is missing').waitFor();
      });
      await shot(`failed-reactivation${name}`, { state: 'licensed', away: true, ...more }, PLAIN, how, async page => {
        await page.getByRole('button', { name: 'Reactivate' }).click();
        await page.getByText('was not reached').first().waitFor();
      });
      await shot(`failed-connection${name}`, { state: 'licensed', seat: 'away', ...more }, PLAIN, how, async page => {
        await page.getByRole('button', { name: 'Check connection' }).click();
        await page.getByText('The seat is kept').waitFor();
      });
    }
  }
  if (wants('letters')) {
    for (const state of ['ended', 'grace', 'suspended', 'trial', 'licensed', 'revoked']) {
      await shot(`letter-0-${state}`, { state, offline: true, requested: ['trial', 'licensed'].includes(state) }, PLAIN);
    }
    const offline = { state: 'never-licensed', offline: true };
    for (const [name, how, more] of [['', {}, {}], ['-middle-dark', { ...MIDDLE, ...DARK }, {}], ['-narrow-dark', { ...NARROW, ...DARK }, {}], ['-long', {}, { long: true }], ['-long-narrow', NARROW, { long: true }], ['-bare', {}, { withoutVendor: true }]]) {
      let page = await open({ ...offline, ...more }, PLAIN, how);
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
      page = await open({ state: 'licensed', offline: true, ...more }, PLAIN, how);
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
});
