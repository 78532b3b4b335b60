/**
 * What walks through pages in a real browser: finds things by what they are called, takes pictures, examines them with axe, and notes everything that should not be -
 * errors on the browser's console, scripts that ran, requests to anywhere else, pages that are wider than their window.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { examine } from './examine.mjs';

/** What a step does on purpose, such as a refused login, the browser reports as well. */
const EXPECTED = /status of (401|403|404|409)/;

/** Values from the environment; all of them are needed. */
export function given(...names) {
  return names.map(name => {
    assert.ok(process.env[name], `${name} is not given`);
    return process.env[name];
  });
}

/**
 * A browser with one page open.
 *
 * @param own the address whose host is the only one that may be asked
 * @param pictures the folder that they are written to
 * @param args more arguments for the browser
 * @param complaints where it notes what should not be: those of an earlier browser, where it comes in its place
 */
export async function startWalker(own, pictures, args = [], complaints = []) {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...args] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Athens', acceptDownloads: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`); });
  page.on('dialog', dialog => { complaints.push(`a script ran: ${dialog.message()}`); void dialog.dismiss(); });
  page.on('pageerror', error => complaints.push(`${page.url()}: ${error}`));
  page.on('request', request => { if (new URL(request.url()).hostname !== new URL(own).hostname && !/^(data|blob):/.test(request.url())) complaints.push(`asked elsewhere: ${request.url()}`); });

  const button = (name, exact = true) => page.getByRole('button', { name, exact });
  const said = text => {
    const headline = page.locator('#charter-headline');
    return headline.getByText(text).or(headline.filter({ hasText: text })).first().waitFor();
  };

  const asked = new Set();
  page.on('request', request => asked.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, request => asked.delete(request));

  /** Waits until the page has what it asked for and nothing on it moves; for a second at most, since some pages listen for ever. */
  async function settled() {
    for (let looks = 0, quiet = 0; looks < 20 && quiet < 3; looks++) {
      await page.waitForTimeout(50);
      const moves = await page.evaluate(() => document.getAnimations().some(one => one.playState === 'running'));
      quiet = asked.size === 0 && !moves ? quiet + 1 : 0;
    }
  }

  async function picture(name, { axe = true } = {}) {
    await settled();
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, animations: 'disabled' });
    if (!axe) return;
    for (const one of await examine(page)) complaints.push(`${name}: ${one}`);
  }

  /** Goes through the steps in order and ends the program: with 0 when everything held. The page that is shown may come to be another one's. */
  async function walk(steps, { stopAtFirst = false, shown = () => page } = {}) {
    let failed = false;
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step();
        console.log(`held: ${name}`);
      } catch (problem) {
        failed = true;
        console.log(`BROKE: ${name}\n${problem.stack}`);
        await shown().screenshot({ path: join(pictures, `broke-${name.slice(0, 24).replaceAll(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true });
        if (stopAtFirst) break;
      }
    }
    await shown().context().browser().close();
    for (const one of new Set(complaints)) console.log(`COMPLAINT: ${one}`);
    process.exit(failed || complaints.length > 0 ? 1 : 0);
  }

  return { context, page, complaints, button, said, settled, picture, walk };
}

/** Sets up a console at its first visit. */
export async function setUp({ page, button }, address, token, password) {
  await page.goto(address);
  await page.getByLabel('Setup token').fill(token);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password, once more').fill(password);
  await button('Set up').click();
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
}
