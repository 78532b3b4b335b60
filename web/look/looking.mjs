/** What the looks share: a browser before the built pages, with a mock in place of the server; pictures into look/pictures; and everything that should not be is noted and makes the program fail. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { examine } from '../browser/examine.mjs';
import { serve } from './server.mjs';

const PICTURES = fileURLToPath(new URL('./pictures/', import.meta.url));

/** Windows: as narrow as a phone, and half a screen. Without a width it is a whole screen. */
export const NARROW = { width: 360 };
export const MIDDLE = { width: 900 };
export const DARK = { dark: true };

const wanted = process.argv.slice(2);

/** Whether pictures of that were asked for on the command line; of all where nothing was. */
export const wants = subject => wanted.length === 0 || wanted.includes(subject);

/**
 * Looks at pages, and ends the program with 0 where nothing was to complain of.
 *
 * @param of `file` and `mock`: the class of what stands in for the server; `console`: whose pages stand at the root; `ready`: what has to be there before a page is looked at; `pause`: how long it then takes to come to
 *   rest, in milliseconds; `expected`: what the browser may complain of; `own`: the beginning of the one other address that may be asked; `prepare`: what is done with a page before it is opened
 * @param go is given `site`, `known` (what the mock's file exports), `open`, `picture`, `shot` and `complain`
 */
export async function look({ file, mock, console: whose, ready = 'h1:visible', pause = 350, expected = /(?!)/, own, prepare }, go) {
  mkdirSync(PICTURES, { recursive: true });
  const complaints = new Set();
  const complain = text => complaints.add(text);
  let known;
  const site = await serve(async load => {
    known = await load(file);
    return new known[mock]();
  }, whose);
  const browser = await chromium.launch({ executablePath: process.env.CHARTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

  /** A page at that path of the site, with the server in that scene. */
  async function open(scene, path, { width = 1440, dark = false } = {}) {
    site.show(new known[mock](scene));
    const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', timezoneId: 'Europe/Athens' });
    const page = await context.newPage();
    const where = `${path} ${JSON.stringify(scene)}`;
    page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) complain(`${where}: ${message.text()}`); });
    page.on('pageerror', error => complain(`${where}: ${error}`));
    page.on('request', request => { if (!request.url().startsWith(site.address) && !(own && request.url().startsWith(own)) && !/^(data|blob|ws):/.test(request.url())) complain(`foreign request: ${request.url()}`); });
    await prepare?.(page);
    await page.goto(`${site.address}${path}`);
    await page.locator(ready).first().waitFor();
    return page;
  }

  async function picture(page, name) {
    await page.waitForTimeout(pause);
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: 'disabled' });
    for (const one of await examine(page)) complain(`${name}: ${one}`);
  }

  /** One picture of one page, after something was done there, if anything is. */
  async function shot(name, scene, path, window, act) {
    const page = await open(scene, path, window);
    await act?.(page);
    await picture(page, name);
    await page.context().close();
  }

  try {
    await go({ site, known, open, picture, shot, complain });
  } finally {
    await browser.close();
    await site.stop();
  }
  for (const one of complaints) console.log(one);
  process.exitCode = complaints.size > 0 ? 1 : 0;
}
