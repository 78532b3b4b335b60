/**
 * Takes a seat of a floating license server on the License page of a running MQTT server, walks through the floating server's console, and gives the seat back; in a real browser, with pictures.
 * It ends with 0 when everything held, else it says what did not.
 *
 * From the environment: CONSOLE (of the MQTT server), TOKEN (its setup token), FLOATING (the floating server's address), FLOATING_TOKEN (its setup token), PICTURES (a folder), CHARTER_CHROMIUM.
 */
import assert from 'node:assert/strict';
import { given, setUp, startWalker } from './walker.mjs';

const [CONSOLE, TOKEN, FLOATING, FLOATING_TOKEN, PICTURES] = given('CONSOLE', 'TOKEN', 'FLOATING', 'FLOATING_TOKEN', 'PICTURES');
const PASSWORD = 'a plant needs its password';
const PAGES = { Overview: '/', Seats: '/seats', 'Queue and reservations': '/queue', License: '/license', 'Server info': '/server-info', 'Exports and audit': '/audit', Users: '/users' };

// A browser for each console, as two people have them: cookies do not tell ports apart.
const walker = await startWalker(CONSOLE, PICTURES);
const { page, button, said, picture, walk } = walker;
const there = await startWalker(FLOATING, PICTURES);
const to = path => page.goto(`${CONSOLE}/#${path}`);
const thereTo = path => there.page.goto(`${FLOATING}/#${path}`);

/** How many seats are in use, as the first page of the floating server's console says. */
async function seatsInUse() {
  await thereTo('/');
  await there.page.reload();
  return Number(await there.page.getByRole('progressbar', { name: /^Seats in use of/ }).first().getAttribute('aria-valuenow'));
}

const steps = {
  async 'S15 the License page looks at the license server, offers its features and takes a seat'() {
    await setUp(walker, CONSOLE, TOKEN, PASSWORD);
    await to('/license');
    await said('This server is not licensed');
    await button('Next').click();
    await page.getByRole('radio', { name: /^Floating/ }).click();
    await button('Next').click();
    const server = page.getByLabel('License server', { exact: true });
    await server.fill('http://127.0.0.1:1');
    await button('Look').click();
    await page.getByRole('status').first().waitFor();
    await picture('floating-nobody-there');
    await server.fill(FLOATING);
    await button(/^Look/, false).click();
    await page.getByText(/seats? free/).first().waitFor();
    await picture('floating-look');
    await button('Next').click();
    await page.getByRole('group', { name: 'Features' }).waitFor();
    await picture('floating-features');
    await button('Take a seat').click();
    await button('Finish').click();
    await said('Licensed to');
    await page.getByText('Lent by', { exact: true }).waitFor();
    await page.getByRole('list', { name: 'Limits of the seat' }).waitFor();
    await picture('floating-seat');
  },

  async 'the floating server\'s console asks for its setup token at the first visit'() {
    await setUp(there, FLOATING, FLOATING_TOKEN, PASSWORD);
    await there.picture('floating-overview');
  },

  async 'every page of its console is shown, wide and narrow'() {
    for (const [title, path] of Object.entries(PAGES)) {
      await thereTo(path);
      await there.page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await there.picture(`floating-console-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`);
    }
    await there.page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/', '/seats', '/server-info']) {
      await thereTo(path);
      await there.page.getByRole('heading', { level: 1 }).waitFor();
      await there.picture(`floating-console-narrow${path.replaceAll('/', '-')}`);
    }
    await there.page.setViewportSize({ width: 1440, height: 900 });
  },

  async 'its console shows who has the seat, and the license as what mails carry'() {
    assert.ok(await seatsInUse() > 0, 'a seat is in use');
    await thereTo('/seats');
    await there.button(/^Reclaim the seat of/, false).first().waitFor();
    await thereTo('/server-info');
    await there.page.getByText(/Host ID/).first().waitFor();
  },

  async 'deactivating gives the seat back at once'() {
    await to('/license');
    await button('Deactivate').click();
    await button('Deactivate this server').click();
    await page.getByRole('list', { name: 'Steps' }).waitFor();
    await picture('floating-given-back');
    assert.equal(await seatsInUse(), 0);
    await there.context.browser().close();
    assert.deepEqual(there.complaints, []);
  },
};

await walk(steps, { stopAtFirst: true });
