/**
 * Buys a license on the License page of a running MQTT server in a real browser, pays at the test checkout of its vendor's authority, and upgrades it.
 * When something is to be looked at from outside it prints `look NAME`, and goes on with the next line of standard input.
 * It ends with 0 when everything held, else it says what did not.
 *
 * From the environment: CONSOLE (its address), TOKEN (the setup token), EMAIL (whom the letters go to), PICTURES (a folder), CHARTER_CHROMIUM.
 */
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { given, setUp, startWalker } from './walker.mjs';

const [CONSOLE, TOKEN, EMAIL, PICTURES] = given('CONSOLE', 'TOKEN', 'EMAIL', 'PICTURES');
const PASSWORD = 'a plant needs its password';
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

let walker = await startWalker(CONSOLE, PICTURES);

/** Hands over to whoever looks from outside. */
async function look(name) {
  console.log(`look ${name}`);
  await lines.next();
}

/** Another browser that knows nothing of the first, as after it was closed. */
async function anotherBrowser() {
  await walker.context.browser().close();
  walker = await startWalker(CONSOLE, PICTURES, [], walker.complaints);
  const { page, button } = walker;
  await page.goto(CONSOLE);
  await page.getByLabel('Name').fill('admin');
  await page.getByLabel('Password').fill(PASSWORD);
  await button('Log in').click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
}

const toLicense = () => walker.page.goto(`${CONSOLE}/#/license`);
const item = title => walker.page.getByRole('checkbox', { name: title, exact: true });
const says = text => walker.page.getByText(text, { exact: true }).first().waitFor();

/** From the list of what is sold to the payment page. */
async function purchase(name) {
  const { page, button, picture } = walker;
  await button('Next').click();
  await page.getByLabel('Name', { exact: true }).fill('Anna of ACME Water');
  await page.getByLabel('E-mail', { exact: true }).fill(EMAIL);
  await picture(`${name}-buyer`);
  await button('Purchase').click();
  await button('Pay').waitFor(); // the page before says that no money moves, too
  await page.getByText('Test checkout: no money moves').waitFor();
  await picture(`${name}-checkout`);
}

async function back() {
  await walker.page.getByRole('link', { name: /^Back to / }).click();
  await walker.page.locator('#charter-headline').waitFor();
}

const steps = {
  async 'S02 the License page shows what can be bought, and leads to the payment page'() {
    await setUp(walker, CONSOLE, TOKEN, PASSWORD);
    const { page, button, said, picture } = walker;
    await toLicense();
    await said('This server is not licensed');
    await page.getByRole('radio', { name: /^I need to purchase a license/ }).click();
    await button('Next').click();
    await page.getByRole('list', { name: 'What can be bought' }).waitFor();
    await picture('buying-items');
    await item('MQTT Server').click();
    await picture('buying-chosen');
    await purchase('buying');
  },

  async 'a checkout that is cancelled buys nothing, and the same is ordered again'() {
    const { page, button, picture } = walker;
    await button('Cancel').click();
    await page.getByText('Cancelled: nothing was bought.').waitFor();
    await back();
    await says('Nothing was bought');
    await picture('buying-cancelled');
    await button('Order again').click();
    assert.ok(await item('MQTT Server').isChecked(), 'the same is chosen again');
    await purchase('buying-again');
  },

  async 'S02 after the payment the browser is closed; the next one finds the license, which came by itself'() {
    await walker.button('Pay').click();
    await walker.page.getByText('Paid, as far as a test goes.').waitFor();
    await anotherBrowser();
    await toLicense();
    await walker.said('Licensed to');
    await says('Your order has arrived');
    await walker.picture('buying-arrived');
    await look('bought');
    await walker.button('Dismiss').click();
    await walker.page.getByText('Your order has arrived', { exact: true }).waitFor({ state: 'detached' });
  },

  async 'S05 the license is upgraded, and what is new works without a restart'() {
    const { page, button, picture } = walker;
    await button('Upgrade License').click();
    await page.getByRole('list', { name: 'What can be bought' }).waitFor();
    assert.equal(await item('MQTT Server').count(), 0, 'what is licensed is not offered again');
    await item('Sparkplug Aware').click();
    await item('MQTT Server Support').click();
    await page.getByLabel('Years of MQTT Server Support').selectOption('2');
    await picture('upgrading-chosen');
    await purchase('upgrading');
    await button('Pay').click();
    await page.getByText('Paid, as far as a test goes.').waitFor();
    await back();
    await says('Your order has arrived');
    await page.getByRole('region', { name: 'Features and meters' }).getByText('Sparkplug Aware').first().waitFor();
    await page.getByRole('region', { name: 'Support' }).getByText(/^Until /).first().waitFor();
    await picture('upgrading-arrived');
    await look('upgraded');
  },
};

await walker.walk(steps, { stopAtFirst: true, shown: () => walker.page });
