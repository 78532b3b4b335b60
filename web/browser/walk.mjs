/**
 * Walks through the console of a running MQTT server in a real browser, beside the authority of its vendor, and writes pictures of what it sees.
 * It ends with 0 when everything held, else it says what did not.
 *
 * From the environment: CONSOLE (its address), TOKEN (the setup token), KEY (a license key), CHARTER (the launcher), DATA (the demo's data folder), PICTURES (a folder), CHARTER_CHROMIUM.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { given, startWalker } from './walker.mjs';

const [CONSOLE, TOKEN, KEY, CHARTER, DATA, PICTURES] = given('CONSOLE', 'TOKEN', 'KEY', 'CHARTER', 'DATA', 'PICTURES');
const PASSWORD = 'a plant needs its password';
const PAGES = {
  Dashboard: '/', Clients: '/clients', Topics: '/topics', 'Retained messages': '/retained', Sparkplug: '/sparkplug', 'Publish and subscribe': '/try', 'MQTT credentials': '/credentials',
  'Listeners and certificates': '/listeners', Bridges: '/bridges', License: '/license', Users: '/users', Audit: '/audit', Logs: '/logs', Doctor: '/doctor', System: '/system',
};

const { context, page, button, said, settled, picture, walk } = await startWalker(CONSOLE, PICTURES, ['--host-resolver-rules=MAP rebound.example 127.0.0.1']);
const to = path => page.goto(`${CONSOLE}/#${path}`);

function vendor(...words) {
  const ran = spawnSync(CHARTER, [...words, '--data', DATA], { encoding: 'utf8', env: { ...process.env, CHARTER_AS_BUILT: '1' } });
  assert.equal(ran.status, 0, `${words.join(' ')}: ${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

async function toTheKey() {
  await button('Next').click();
  await button('Next').click();
  await page.getByLabel('License key', { exact: true }).waitFor();
}

async function activated() {
  await page.getByText('This is a complete license key.').waitFor();
  await button('Next').click();
  await button('Finish').click();
  await said('Licensed to');
}

async function deactivated() {
  await button('Deactivate').click();
  await button('Deactivate this server').click();
  await page.getByRole('list', { name: 'Steps' }).waitFor();
}

const steps = {
  async 'the first visit asks for the setup token and an administrator'() {
    await page.goto(CONSOLE);
    await page.getByLabel('Setup token').fill('guessed-token');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Password, once more').fill(PASSWORD);
    await button('Set up').click();
    await page.getByText(/not the setup token/).waitFor();
    await picture('setup');
    await page.getByLabel('Setup token').fill(TOKEN);
    await button('Set up').click();
    await page.getByRole('navigation', { name: 'Menu' }).waitFor();
    await page.getByText('This server is not licensed').first().waitFor();
    await picture('dashboard-never-licensed');
  },

  async 'the first paint of the License page comes within a second'() {
    const fresh = await context.newPage();
    await fresh.goto(`${CONSOLE}/#/license`);
    await fresh.locator('#charter-headline').waitFor();
    const painted = await fresh.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    console.log(`first contentful paint of the License page: ${Math.round(painted)} ms`);
    await fresh.close();
  },

  async 'S17 a trial is started, its countdown is seen, on every page'() {
    await to('/license');
    await said('This server is not licensed');
    await picture('license-never-licensed');
    await page.getByLabel('Start a trial').click();
    await button('Next').click();
    await button('Start the trial').click();
    await button('Finish').click();
    await said('Trial:');
    const first = await page.getByRole('timer').first().textContent();
    await page.waitForFunction(before => document.querySelector('[role=timer]')?.textContent !== before, first);
    await picture('license-trial');
    await to('/clients');
    await page.locator('[data-state=trial]').getByText(/^Trial:/).waitFor();
  },

  async 'S04 a mistyped key is marked as it is typed, and one that is pasted activates'() {
    await to('/license');
    await button('Activate a license').click();
    await toTheKey();
    const field = page.getByLabel('License key', { exact: true });
    await field.fill(KEY.slice(0, -1) + (KEY.endsWith('A') ? 'B' : 'A'));
    await page.locator('[data-wrong]').first().waitFor();
    assert.ok(await button('Next').isDisabled(), 'a mistyped key is not sent');
    await picture('wizard-mistyped');
    await field.fill('');
    await field.evaluate((input, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      data.setData('text', text);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, `Dear customer,\nyour license key is\n\n   ${KEY.toLowerCase()}\n\nKind regards`);
    await picture('wizard-pasted');
    await activated();
    await picture('license-licensed');
    for (const text of ['License ID', 'Features and meters', 'Activations', 'Fingerprint', 'Last contact']) await page.getByText(text, { exact: true }).first().waitFor();
  },

  async 'S07 what the vendor added is there after Reactivate, without a restart'() {
    const id = (await page.locator('dd').first().textContent()).trim();
    vendor('license', 'change', id, '--feature', 'mqtt', '--feature', 'sparkplug');
    await button('Reactivate').click();
    await page.getByText(/What changed/).first().waitFor();
    await page.getByText(/was added/).first().waitFor();
    await picture('license-reactivated');
  },

  async 'S08 deactivating warns plainly, proves itself and shows the wizard again'() {
    await button('Deactivate').click();
    await page.getByRole('dialog').waitFor();
    await picture('deactivate-asked', { axe: false });
    await button('Deactivate this server').click();
    await said('Deactivated');
    await page.getByRole('list', { name: 'Steps' }).waitFor();
    await picture('license-released');
  },

  async 'S04 a key file that is dropped activates'() {
    await toTheKey();
    await page.locator('[data-drop-zone]').first().evaluate((zone, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'license.txt', { type: 'text/plain' }));
      zone.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, `Your license key: ${KEY}\n`);
    await activated();
    await deactivated();
  },

  async 'S04 a key file that is uploaded activates'() {
    await toTheKey();
    const file = join(PICTURES, 'license-key.txt');
    writeFileSync(file, `${KEY}\n`);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a license key file').click()]);
    await chooser.setFiles(file);
    await activated();
  },

  async 'credentials are made, and the built-in client publishes and subscribes with them'() {
    await to('/credentials');
    await button('Add MQTT credentials').first().click();
    await page.getByLabel('User name').fill('pump');
    await page.getByLabel('Password').fill('quite a long one');
    await page.getByLabel('Topic filter').fill('plant/%u/#');
    await button('Add the credentials').click();
    await page.getByRole('cell', { name: 'pump', exact: true }).or(page.getByText('pump', { exact: true })).first().waitFor();
    await to('/try');
    await page.getByLabel('MQTT user').fill('pump');
    await page.getByLabel('MQTT password').fill('a wrong one');
    await button('Connect').click();
    await page.getByRole('alert').waitFor();
    await picture('try-refused');
    await page.getByLabel('MQTT password').fill('quite a long one');
    await button('Connect').click();
    await button('Subscribe').waitFor();
    await page.getByLabel('Topic filter').fill('plant/pump/#');
    await button('Subscribe').click();
    await button('Unsubscribe from plant/pump/#').waitFor();
    await page.getByLabel('Topic', { exact: true }).fill('plant/pump/state');
    await page.getByLabel('Payload').fill('{"pressure":4.2}');
    await page.getByLabel('Retain it for whoever subscribes later').check();
    await button('Publish').click();
    await page.getByText('{"pressure":4.2}').nth(1).or(page.locator('ol pre')).first().waitFor();
    await picture('try-connected');
  },

  async 'every page is shown, light and dark, wide and narrow'() {
    const plain = await context.newPage();
    await plain.goto(`${CONSOLE}/docs/license-types.html`);
    assert.match(await plain.locator('body').textContent(), /Floating/);
    await plain.close();
    for (const [how, width, scheme] of [['wide', 1440, 'light'], ['middle-dark', 900, 'dark'], ['narrow', 390, 'light']]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      for (const [title, path] of Object.entries(PAGES)) {
        await to(path);
        if (title !== 'License') await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        await picture(`page-${title.toLowerCase().replaceAll(' ', '-')}-${how}`);
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  },

  async 'what names hold is shown as text, on every page'() {
    const polyglot = `"'><img src=x onerror=alert(1)><svg onload=alert(2)>{{7*7}}`;
    await to('/credentials');
    await button('Add MQTT credentials').first().click();
    await page.getByLabel('User name').fill(polyglot);
    await page.getByLabel('Password').fill('quite a long one');
    await page.getByLabel('Topic filter').fill('plant/#');
    await button('Add the credentials').click();
    await page.getByText(polyglot, { exact: true }).first().waitFor();
    await to('/try');
    await page.getByLabel('Client ID').fill('<script>alert(3)<%2Fscript>');
    await page.getByLabel('MQTT user').fill(polyglot);
    await page.getByLabel('MQTT password').fill('quite a long one');
    await button('Connect').click();
    await page.getByLabel('Topic', { exact: true }).fill(`plant/${polyglot.replaceAll('/', '')}`);
    await page.getByLabel('Payload').fill(polyglot);
    await page.getByLabel('Retain it for whoever subscribes later').check();
    await button('Publish').click();
    for (const path of Object.values(PAGES)) {
      await to(path);
      await page.locator('h1').first().waitFor();
      await settled();
      assert.equal(await page.locator('img[src=x], svg[onload]').count(), 0, `on ${path} a name became an element`);
    }
  },

  async 'a foreign page changes nothing, though the browser is logged in'() {
    const foreign = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Somewhere else</title>'));
    await new Promise(done => foreign.listen(0, '127.0.0.1', done));
    // What fails below does not keep the walk from ending.
    foreign.unref();
    const elsewhere = await context.newPage();
    await elsewhere.goto(`http://127.0.0.1:${foreign.address().port}/`);
    const statuses = [];
    elsewhere.on('response', answer => { if (answer.url().startsWith(CONSOLE)) statuses.push(answer.status()); });
    const read = await elsewhere.evaluate(async address => {
      const tries = [];
      for (const [path, options] of [
        ['/api/clients/delete-disconnected', { method: 'POST', mode: 'no-cors' }],
        ['/api/license/trials', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{}' }],
        ['/api/license/deactivations', { method: 'POST', headers: { 'X-Charter-Page': '1' } }],
        ['/api/session', {}],
      ]) tries.push(await fetch(address + path, { credentials: 'include', ...options }).then(answer => (answer.type === 'opaque' ? 'opaque' : answer.text()), () => 'refused'));
      return tries;
    }, CONSOLE);
    assert.ok(read.every(one => one === 'opaque' || one === 'refused'), `a foreign page reads nothing: ${read}`);
    assert.ok(statuses.filter(status => status < 400).length <= 1, `a change went through: ${statuses}`);
    const framed = await elsewhere.evaluate(address => new Promise(done => {
      const frame = document.createElement('iframe');
      frame.onload = () => { try { done(frame.contentDocument === null ? 'not shown' : 'shown'); } catch { done('not shown'); } };
      frame.src = address;
      document.body.append(frame);
    }), CONSOLE);
    assert.equal(framed, 'not shown');
    await elsewhere.close();
    foreign.closeAllConnections();
    foreign.close();
    await to('/license');
    await said('Licensed to');
  },

  async 'a foreign name that is made to point here reaches nothing'() {
    const rebound = await context.newPage();
    const answer = await rebound.goto(`${CONSOLE.replace('127.0.0.1', 'rebound.example')}/api/session`);
    assert.ok(answer.status() >= 400, `answered ${answer.status()}`);
    await rebound.close();
  },

  async 'a retained message is found, shown and deleted; the client is in the list'() {
    await to('/retained');
    await page.getByLabel('Part of a topic').fill('pump/state');
    await button('plant/pump/state').click();
    await page.getByRole('dialog').getByText('{"pressure":4.2}').waitFor();
    await button('Close').click();
    await button('Delete the message of plant/pump/state').click();
    await button('Delete the message').click();
    await page.getByText('plant/pump/state', { exact: true }).waitFor({ state: 'detached' });
  },

  async 'a session that is over shows the login'() {
    await context.clearCookies();
    await to('/clients');
    await page.reload();
    await button('Log in').waitFor();
    await picture('login');
    await page.getByLabel('Name').fill('admin');
    await page.getByLabel('Password').fill(PASSWORD);
    await button('Log in').click();
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
  },
};

await walk(steps);
