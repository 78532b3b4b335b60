import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { FOREIGN_SERVER, FULL_SERVER, MockLicense, SERVER, SPARE_SERVER } from '../../mock/license';
import { press, sent, serverIs, show } from '../../test/against';
import { LicenseBanner, LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

describe('a floating license', () => {
  async function toTheServers(...servers: string[]) {
    await press('Next');
    await userEvent.click(await screen.findByLabelText(/^Floating/));
    await press('Next');
    for (const [index, server] of servers.entries()) {
      if (index > 0) await press('Add another server');
      await userEvent.type(screen.getAllByRole('textbox', { name: /^License server/ })[index]!, server);
    }
  }

  it('is taken from a license server: its address, a look, the features, Finish', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(SERVER);
    await press('Look');
    expect(await screen.findByText('2 of 5 seats free')).toBeDefined();
    expect(sent(asked, '/seats'), 'a look takes nothing').toEqual([]);
    await press('Next');
    expect(await screen.findByRole('heading', { name: 'Which features?' })).toBeDefined();
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(box => box.checked), 'all by default').toEqual([true, true, true]);
    await press('Take a seat');
    await press('Finish');
    expect((await screen.findByRole('region', { name: 'Seat' })).textContent).toContain(SERVER);
    expect(sent(asked, '/seats')).toEqual([{ servers: [SERVER] }]);
  });

  it('asks for those features only that are chosen, and for a named slot', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(SERVER);
    await press('Look');
    await press('Next');
    await userEvent.click(await screen.findByRole('checkbox', { name: /Sparkplug Aware/ }));
    await userEvent.type(screen.getByLabelText('Named slot'), 'line-7');
    await press('Take a seat');
    await screen.findByRole('button', { name: 'Finish' });
    expect(sent(asked, '/seats')).toEqual([{ servers: [SERVER], features: ['mqtt-server', 'support'], slot: 'line-7' }]);
  });

  it('has several servers, tried in the order in which they stand; they can be moved and removed', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(SPARE_SERVER, 'gone.plant.example', 'licenses.plant.example');
    await press('Try server 3 earlier');
    await press('Remove server 3');
    await press('Try server 2 earlier');
    await press('Look');
    await screen.findAllByText('2 of 5 seats free');
    expect(sent(asked, '/pool-looks'), 'a name alone is an address at the usual port').toEqual([{ servers: [SERVER, SPARE_SERVER] }]);
    await press('Next');
    await press('Take a seat');
    await screen.findByRole('button', { name: 'Finish' });
    expect(sent(asked, '/seats')).toEqual([{ servers: [SERVER, SPARE_SERVER] }]);
  });

  it.each([['that is not there', 'http://gone.plant.example:16090', /Nobody answers at/], ['of another vendor', FOREIGN_SERVER, /has licenses of another vendor/]])('goes on with no server %s, and says why', async (_, server, said) => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(server);
    await press('Look');
    expect(await screen.findByText(said)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Look again' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
  });

  it('is not taken without a feature', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(SERVER);
    await press('Look');
    await press('Next');
    for (const box of await screen.findAllByRole('checkbox')) await userEvent.click(box);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Take a seat' }).disabled).toBe(true);
  });

  it('of which all seats are taken is waited for: the place, and what happens by itself; the queue can be left', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheServers(FULL_SERVER);
    await press('Look');
    expect(await screen.findByText('All 5 seats taken')).toBeDefined();
    await press('Next');
    await press('Take a seat');
    const waiting = within(await screen.findByRole('region', { name: 'Waiting for a seat' }));
    expect(waiting.getByText(/has place 2 in the queue/)).toBeDefined();
    expect(waiting.getByText(/takes a seat by itself as soon as one is free/)).toBeDefined();
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull();
    await press('Stop waiting');
    const question = await screen.findByRole('dialog', { name: 'Stop waiting for a seat?' });
    expect(sent(asked, '/deactivations')).toEqual([]);
    await userEvent.click(within(question).getByRole('button', { name: 'Stop waiting' }));
    expect(await screen.findByRole('list', { name: 'Steps' })).toBeDefined();
  });

  it('shows the three limits of its lease', async () => {
    serverIs(new MockLicense({ state: 'licensed', seat: 'held' }));
    show(<LicensePage />);
    const limits = within(await screen.findByRole('list', { name: 'Limits of the seat' })).getAllByRole('listitem').map(one => one.textContent);
    expect(limits[0]).toMatch(/^Renewal due.*every 5 min$/);
    expect(limits[1]).toMatch(/^Settings locked.*1 h without a renewal$/);
    expect(limits[2]).toMatch(/^End.*3 days without a renewal$/);
    expect(limits.filter(limit => limit?.includes('since'))).toEqual([]);
    expect(screen.getByRole('heading', { name: 'When the license server is away' })).toBeDefined();
  });

  it('tells since when which limit holds, while the server is away', async () => {
    serverIs(new MockLicense({ state: 'degraded', seat: 'locked' }));
    show(<LicensePage />);
    const limits = within(await screen.findByRole('list', { name: 'Limits of the seat' })).getAllByRole('listitem').map(one => one.textContent);
    expect(limits).toEqual([expect.stringMatching(/^Renewal duesince /), expect.stringMatching(/^Settings lockedsince /), expect.not.stringContaining('since')]);
    expect(screen.getByRole('heading', { name: 'The license server is away' })).toBeDefined();
  });

  it('counts down while the server is away, also in the banner, and leads to other servers', async () => {
    serverIs(new MockLicense({ state: 'licensed', seat: 'away' }));
    show(<><LicenseBanner /><LicensePage /></>);
    expect((await screen.findAllByText(/License server not reached since/)).length).toBe(2);
    expect(screen.getAllByRole('timer').map(timer => timer.textContent)).toEqual([expect.stringMatching(/^(40 min 00|39 min 5\d) s$/), expect.stringMatching(/^(40 min 00|39 min 5\d) s$/)]);
    expect(screen.getByText('Full work for', { exact: false })).toBeDefined();
    await press('Other license servers');
    expect(screen.getAllByRole<HTMLInputElement>('textbox', { name: /^License server/ }).map(field => field.value)).toEqual([SERVER, SPARE_SERVER]);
  });

  it('whose settings are locked counts down to its end', async () => {
    serverIs(new MockLicense({ state: 'degraded', seat: 'locked' }));
    show(<LicensePage />);
    expect((await screen.findByRole('timer')).textContent).toMatch(/^2 days (22 h 00|21 h 59) min$/);
    expect(screen.getByText('Data still flows for', { exact: false })).toBeDefined();
  });

  it('whose server is not reached is asked for by no letter: a seat is lent over the network only', async () => {
    serverIs(new MockLicense({ state: 'licensed', seat: 'away' }));
    show(<LicensePage />);
    await press('Check connection');
    expect(await screen.findByText(/The seat is kept; it is tried again by itself/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Ask by letter instead' })).toBeNull();
  });

  it('that has ended has nothing left to count down, and one button to ask for it again', async () => {
    serverIs(new MockLicense({ state: 'ended', seat: 'over' }));
    show(<><LicenseBanner /><LicensePage /></>);
    expect((await screen.findAllByText(/The lease ended/)).length).toBe(2);
    expect(screen.queryAllByRole('timer')).toEqual([]);
    expect(screen.getByRole('button', { name: 'Check connection' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Reactivate' })).toBeNull();
  });

  it('is given back with Deactivate, which says that the seat is free at once and that none is taken by itself', async () => {
    serverIs(new MockLicense({ state: 'licensed', seat: 'held' }));
    show(<LicensePage />);
    await press('Deactivate');
    const question = within(await screen.findByRole('dialog', { name: 'Deactivate plant-a?' }));
    expect(question.getByText(/at once, for another server/)).toBeDefined();
    expect(question.getByText(/takes no seat by itself, also not after a restart/)).toBeDefined();
    await userEvent.click(question.getByRole('button', { name: 'Deactivate this server' }));
    await screen.findByRole('list', { name: 'Steps' });
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Deactivated; this server holds no seat');
    expect(screen.queryByText(/BEGIN CHARTER RELEASE/), 'nobody has to send anything').toBeNull();
  });

  it('is changed by nobody who may only look', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', seat: 'waits' }));
    show(<LicensePage mayChange={false} />);
    await screen.findByRole('region', { name: 'Waiting for a seat' });
    for (const name of ['Ask now', 'Stop waiting', 'Other license servers or features']) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});
