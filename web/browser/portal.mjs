/**
 * Walks through the vendor's page for customers in a real browser: a link that is mailed, letters of hosts without a network and their answers, a host that burnt.
 * Whenever something is to be done elsewhere `carry NAME` is printed, and the next line of standard input is what came of it: a link, the file of a letter, or nothing. What is downloaded is NAME.txt.
 * It ends with 0 when everything held, else it says what did not.
 *
 * From the environment: PORTAL (its address), LICENSE (a license ID), LETTERS and PICTURES (folders), CHARTER_CHROMIUM.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { given, startWalker } from './walker.mjs';

const [PORTAL, LICENSE, LETTERS, PICTURES] = given('PORTAL', 'LICENSE', 'LETTERS', 'PICTURES');
const walker = await startWalker(PORTAL, PICTURES);
const { page, button, picture, walk } = walker;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function carry(name) {
  console.log(`carry ${name}`);
  const { value } = await lines.next();
  return value;
}

const tab = name => page.getByRole('tab', { name, exact: true });
const headline = name => page.getByRole('heading', { level: 1, name, exact: true });
const letter = () => page.getByLabel('Usage request or deactivation code', { exact: true });
const hosts = () => page.getByRole('region', { name: 'Hosts', exact: true });
const held = text => hosts().getByText(text, { exact: true });

async function toAnother() {
  await tab('Usage request').click();
  await button('Bring another request').click();
}

async function upload(file) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a request').click()]);
  await chooser.setFiles(file);
}

async function keep(name) {
  const [download] = await Promise.all([page.waitForEvent('download'), button('Download').click()]);
  await download.saveAs(join(LETTERS, `${name}.txt`));
}

const steps = {
  async 'a link is mailed to the contact of the license, and the page tells nobody whether there is such a license'() {
    await page.goto(PORTAL);
    await picture('portal-front');
    await tab('Hosts of a license').click();
    const said = [];
    for (const id of ['lic-that-nobody-has', LICENSE]) {
      await page.getByLabel('License ID', { exact: true }).fill(id);
      await button('Mail the link').click();
      said.push(await page.getByText(/^If there is such a license/).textContent());
    }
    assert.equal(said[0], said[1]);
    await picture('portal-link-asked');
  },

  async 'the link opens the license, and its secret does not stay in the address'() {
    const link = await carry('link');
    assert.match(link, /#token=/);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('No host holds this license').waitFor();
    await page.getByText(LICENSE, { exact: true }).waitFor();
    assert.equal(page.url(), PORTAL);
    await picture('portal-no-hosts');
  },

  async 'S09 half a request is told so; the whole one is answered with a usage license, to be downloaded'() {
    const file = await carry('request-a');
    await tab('Usage request').click();
    await letter().fill(readFileSync(file, 'utf8').slice(0, 300));
    await button('Get the answer').click();
    await page.getByText(/missing/).first().waitFor();
    await picture('portal-half');
    await upload(file);
    await headline('The usage license is here').waitFor();
    await page.getByRole('img', { name: 'QR code: Usage license' }).waitFor();
    await page.getByText(/^1 of 1 used; none is free/).waitFor();
    await picture('portal-answered');
    await keep('license-a');
    await carry('license-a');
  },

  async 'a request too many is refused with what to do, and the hosts that hold the license are one press away'() {
    const file = await carry('request-too-many');
    await toAnother();
    await upload(file);
    await headline('No usage license was given').waitFor();
    await page.getByText('(ACTIVATIONS_EXHAUSTED)').waitFor();
    await picture('portal-exhausted');
    await button('See which hosts hold it').click();
    await held('Holds an activation').waitFor();
    assert.equal(await hosts().getByRole('listitem').count(), 1);
    await picture('portal-held');
  },

  async 'S13 a deactivation code frees the activation, and the other host is answered'() {
    const release = await carry('release-a');
    await toAnother();
    await upload(release);
    await headline('The deactivation has arrived').waitFor();
    await picture('portal-released');
    await button('Its hosts').click();
    await held('Gave its activation back').waitFor();
    const file = await carry('request-b');
    await toAnother();
    await letter().fill(`Dear vendor,\n\nhere is our request.\n\n${readFileSync(file, 'utf8')}\nKind regards`);
    await button('Get the answer').click();
    await headline('The usage license is here').waitFor();
    await keep('license-b');
    await carry('license-b');
  },

  async 'S14 a host that burnt is reported destroyed, after a question, and its activation is free again when the vendor has looked'() {
    await button('Its hosts').click();
    await held('Holds an activation').waitFor();
    await button(/^Report .* as destroyed$/).click();
    const question = page.getByRole('dialog');
    assert.ok(await question.getByRole('button', { name: 'Report it as destroyed' }).isDisabled(), 'nothing is reported without a word about it');
    await page.getByLabel('What happened').fill('The cabinet burnt down on Sunday, says Ms Miller.');
    await picture('portal-loss', { axe: false });
    await question.getByRole('button', { name: 'Report it as destroyed' }).click();
    await page.getByText(/^The vendor.s support will look at this/).waitFor();
    await held('Reported destroyed; the vendor’s support looks at it').waitFor();
    await picture('portal-reported');
    await carry('restored');
    await tab('Usage request').click();
    await tab('Hosts of a license').click();
    await held('Reported destroyed; its activation is free again').waitFor();
    await page.getByText(/^The vendor.s support has decided: /).waitFor();
    assert.equal(await page.getByText(/will look at this/).count(), 0, 'what the report was answered is over');
  },

  async 'it is read in a narrow window and in the dark'() {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('portal-hosts-narrow-dark');
    await tab('Usage request').click();
    await picture('portal-answered-narrow-dark');
  },
};

await walk(steps, { stopAtFirst: true });
