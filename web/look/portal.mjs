/** Pictures of the customers' page in every state: `node look/portal.mjs`. */
import { DARK, look, MIDDLE, NARROW } from './looking.mjs';
import { readCode } from './read.mjs';

await look({ file: 'mock/portal.ts', mock: 'MockPortal', expected: /404 \(Not Found\)/ }, async ({ known, open, picture, complain }) => {
  for (const [suffix, how, more] of [['', {}, {}], ['-middle', MIDDLE, {}], ['-middle-dark', { ...MIDDLE, ...DARK }, {}], ['-narrow-dark', { ...NARROW, ...DARK }, {}], ['-long', {}, { long: true }], ['-long-narrow', NARROW, { long: true }]]) {
    let page = await open(more, '/portal/', how);
    await picture(page, `portal-1-empty${suffix}`);
    for (const [name, letter] of [['2-answered', 'REQUEST'], ['2-hybrid', 'HYBRID'], ['2-deactivated', 'RELEASE'], ['2-exhausted', 'EXHAUSTED'], ['2-superseded', 'SUPERSEDED'], ['2-waits', 'LOOKED_AT']]) {
      await page.getByLabel('Usage request or deactivation code').fill(known[letter]);
      await page.getByRole('button', { name: 'Get the answer' }).click();
      await page.locator('[data-outcome]').waitFor();
      await picture(page, `portal-${name}${suffix}`);
      for (const code of await page.getByRole('img', { name: /^QR code: / }).all()) {
        const read = await readCode(page, code).catch(unread => String(unread));
        if (!read.startsWith('CHARTER/1/')) complain(`${name}${suffix}: the QR code is read as ${read.slice(0, 80)}`);
      }
      await page.getByRole('button', { name: 'Bring another request' }).click();
    }
    await page.getByLabel('Usage request or deactivation code').fill(known.REQUEST.slice(0, 300));
    await page.getByRole('button', { name: 'Get the answer' }).click();
    await page.getByText('The end of the document is missing').waitFor();
    await picture(page, `portal-2-unreadable${suffix}`);
    await page.getByRole('tab', { name: 'Hosts of a license' }).click();
    await picture(page, `portal-3-hosts${suffix}`);
    await page.getByRole('textbox', { name: 'License key' }).fill('ABCDE-FGHJK');
    await page.getByRole('button', { name: 'Show the hosts' }).click();
    await page.getByText('This opens no license').waitFor();
    await page.getByRole('textbox', { name: 'License ID' }).fill('lic-7q3kzt5rmwx2');
    await page.getByRole('button', { name: 'Mail the link' }).click();
    await page.getByText('If there is such a license').waitFor();
    await picture(page, `portal-3-asked${suffix}`);
    await page.context().close();
    page = await open({ hosts: 5, ...more }, `/portal/#token=${known.TOKEN}`, how);
    await page.getByRole('region', { name: 'Hosts' }).waitFor();
    await picture(page, `portal-4-opened${suffix}`);
    await page.getByRole('button', { name: /^Report .* as destroyed$/ }).first().click();
    await page.getByLabel('What happened').fill('The cabinet burnt down on Sunday, says Ms Miller.');
    await picture(page, `portal-4-loss${suffix}`);
    await page.getByRole('button', { name: 'Report it as destroyed' }).click();
    await page.getByText('will look at this').waitFor();
    await picture(page, `portal-4-reported${suffix}`);
    await page.context().close();
    for (const hosts of [0, 500]) {
      page = await open({ hosts, ...more }, `/portal/#token=${known.TOKEN}`, how);
      await page.getByRole('region', { name: 'Hosts' }).waitFor();
      if (hosts === 0 || suffix === '') await picture(page, `portal-5-${hosts}-hosts${suffix}`);
      await page.context().close();
    }
    page = await open(more, `/portal/#${known.FROM_A_PHONE}`, how);
    await page.locator('[data-outcome=answered]').waitFor();
    await picture(page, `portal-6-from-a-phone${suffix}`);
    await page.context().close();
  }
});
