/**
 * Walks through the License page of an MQTT server that reaches nobody, in a real browser beside it: requests, usage licenses and releases travel by letter.
 * Whenever a letter is to be carried it is written into a file, `carry NAME` is printed, and the next line of standard input names the file that came back (or is empty where nothing does).
 * It ends with 0 when everything held, else it says what did not.
 *
 * From the environment: CONSOLE (its address), TOKEN (the setup token), KEY (a license key), LETTERS and PICTURES (folders), CHARTER_CHROMIUM.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { given, setUp, startWalker } from './walker.mjs';

const [CONSOLE, TOKEN, KEY, LETTERS, PICTURES] = given('CONSOLE', 'TOKEN', 'KEY', 'LETTERS', 'PICTURES');
const walker = await startWalker(CONSOLE, PICTURES);
const { page, button, said, picture, walk } = walker;
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Hands a letter over, and returns the file that came back. */
async function carry(name) {
  console.log(`carry ${name}`);
  const { value } = await answers.next();
  return value;
}

/** Downloads the letter that is shown, and takes a picture of its QR code. */
async function keep(name, title) {
  const [download] = await Promise.all([page.waitForEvent('download'), button('Download').click()]);
  await download.saveAs(join(LETTERS, `${name}.txt`));
  const code = page.getByRole('img', { name: `QR code: ${title}` });
  await code.scrollIntoViewIfNeeded();
  await code.screenshot({ path: join(LETTERS, `${name}.png`) });
}

const licensed = async () => (await (await fetch(`${CONSOLE}/health`)).json()).licensed;

async function upload(file) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a usage license').click()]);
  await chooser.setFiles(file);
}

async function drop(file) {
  await page.locator('[data-drop-zone]').first().evaluate((zone, text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'usage-license.txt', { type: 'text/plain' }));
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, readFileSync(file, 'utf8'));
}

const answerField = () => page.getByLabel('Usage license', { exact: true });
let first;
let second;
let third;

const steps = {
  async 'S09 a usage request is made from the license key, and shown with text, file, mail and QR code'() {
    await setUp(walker, CONSOLE, TOKEN, 'a plant needs its password');
    await page.goto(`${CONSOLE}/#/license`);
    await said('This server is not licensed');
    assert.equal(await licensed(), false);
    await page.getByRole('radio', { name: /^I have a license/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /^Offline/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /^Generate Usage Request/ }).click();
    await button('Next').click();
    await page.getByLabel('License key', { exact: true }).fill(KEY);
    await page.getByText('This is a complete license key.').waitFor();
    await picture('letters-key');
    await button('Generate Usage Request').click();
    await page.getByRole('dialog', { name: 'Offline Activation' }).waitFor();
    await picture('letters-request');
    assert.match(await page.getByRole('link', { name: 'Write an e-mail' }).getAttribute('href'), /^mailto:/);
    await keep('request-1', 'Usage request');
    first = await carry('request-1');
  },

  async 'S09 the request that waits is the same when the page is opened again'() {
    await button('Close').click();
    await page.reload();
    await said('Waiting for the usage license');
    await picture('letters-waiting');
    await button('Show the request again').first().click();
    await keep('request-1-again', 'Usage request');
    assert.equal(readFileSync(join(LETTERS, 'request-1-again.txt'), 'utf8'), readFileSync(join(LETTERS, 'request-1.txt'), 'utf8'));
    await button('Close').click();
  },

  async 'S11 a new request says plainly that it makes the old one worthless, and asks'() {
    await button('Upload Usage License').first().click();
    await button('Back').click();
    await page.getByRole('radio', { name: /^Generate Usage Request/ }).click();
    await button('Next').click();
    await page.getByLabel('License key', { exact: true }).fill(KEY);
    await page.getByText('This is a complete license key.').waitFor();
    await button('Generate Usage Request').click();
    await page.getByRole('dialog', { name: 'Make a new request?' }).waitFor();
    await picture('letters-supersede', { axe: false });
    await button('Make a new request').click();
    await page.getByRole('dialog', { name: 'Offline Activation' }).waitFor();
    await keep('request-2', 'Usage request');
    second = await carry('request-2');
    await button('Upload Usage License').last().click();
  },

  async 'the request itself, half a letter and the answer to the older request are each told apart'() {
    await answerField().fill(readFileSync(join(LETTERS, 'request-2.txt'), 'utf8'));
    await page.getByText(/is a usage request/).first().waitFor();
    assert.ok(await button('Install usage license').isDisabled());
    await picture('letters-wrong-way-round');
    const text = readFileSync(second, 'utf8');
    await answerField().fill(text.slice(0, text.length / 2));
    await page.getByText(/missing/i).first().waitFor();
    assert.ok(await button('Install usage license').isDisabled());
    await answerField().fill('');
    await upload(first);
    await button('Install usage license').click();
    await page.getByText(/older request|earlier request|no longer|newer request|not the request/i).first().waitFor();
    await picture('letters-superseded');
    assert.equal(await licensed(), false);
  },

  async 'S10 the usage license is uploaded, and the server is licensed'() {
    await answerField().fill('');
    await upload(second);
    await page.getByText(/usage license/i).first().waitFor();
    await picture('letters-uploaded');
    await button('Install usage license').click();
    await button('Finish').click();
    await said('Licensed to');
    await page.getByText('MQTT Server', { exact: true }).first().waitFor();
    assert.equal(await licensed(), true);
    await picture('letters-licensed');
    await carry('licensed');
  },

  async 'S12 an upgrade is asked for by an update request, and the license keeps working meanwhile'() {
    await carry('upgraded');
    await button('Upgrade License').click();
    await page.getByRole('dialog', { name: 'Offline Activation' }).waitFor();
    await picture('letters-update');
    await keep('request-3', 'Usage request');
    third = await carry('request-3');
    assert.equal(await licensed(), true);
    await button('Upload Usage License').last().click();
    await drop(third);
    await button('Install usage license').click();
    await page.getByText(/What changed/).first().waitFor();
    await button('Finish').click();
    await page.getByText('Sparkplug Aware', { exact: true }).first().waitFor();
    await picture('letters-upgraded');
  },

  async 'S13 deactivating gives a code that proves it, which is there on the next visit too'() {
    await button('Deactivate').click();
    await page.getByRole('dialog').waitFor();
    await picture('letters-deactivate', { axe: false });
    await button('Deactivate this server').click();
    await said('Deactivated');
    assert.equal(await licensed(), false);
    await page.reload();
    await page.getByRole('heading', { name: 'Deactivation code' }).waitFor();
    await keep('release', 'Deactivation code');
    await picture('letters-released');
    await carry('release');
  },

  async 'what was given up cannot be installed again'() {
    await page.getByRole('radio', { name: /^I have a license/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /^Offline/ }).click();
    await button('Next').click();
    await page.getByRole('radio', { name: /^Upload Usage License/ }).click();
    await button('Next').click();
    await upload(third);
    await button('Install usage license').click();
    await page.getByText(/given back|given up|released|deactivated/i).first().waitFor();
    await picture('letters-given-up');
    assert.equal(await licensed(), false);
  },
};

await walk(steps, { stopAtFirst: true });
