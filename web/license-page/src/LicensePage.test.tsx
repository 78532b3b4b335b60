import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ACKNOWLEDGEMENT, AWAY_KEY, FOR_ANOTHER_HOST, FOREIGN_SERVER, FULL_SERVER, GOOD_KEY, MockLicense, OFFLINE_KEY, SERVER, SPARE_SERVER, usageLicenseFor, USED_UP_KEY, type Shown } from '../../mock/license';
import { press, sent, serverIs, serverIsAway, show } from '../../test/against';
import { LicenseBanner, LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

async function toTheKey() {
  await press('Next');
  await press('Next');
  return screen.findByLabelText<HTMLInputElement>('License key');
}

describe('in every state', () => {
  const states: Shown[] = ['never-licensed', 'trial', 'trial-over', 'waiting', 'licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind', 'not-started', 'ended', 'suspended', 'revoked', 'fenced', 'released', 'other-machine', 'damaged'];
  it.each(states)('%s: the headline is the one that the server sends, and the code stands small at the end', async state => {
    const mock = new MockLicense({ state });
    serverIs(mock);
    show(<LicensePage />);
    const heading = await screen.findByRole('heading', { level: 1 });
    const sent = mock.document();
    expect(heading.textContent).toContain(sent.headline.split('{')[0]);
    if (sent.code) expect(screen.getByText(`(${sent.code})`).tagName).toBe('SMALL');
  });

  it.each(states)('%s: no button has an action that the server did not send', async state => {
    const mock = new MockLicense({ state });
    serverIs(mock);
    show(<LicensePage />);
    await screen.findByRole('heading', { level: 1 });
    const sent: readonly string[] = mock.document().actions;
    for (const [action, name] of [['reactivate', 'Reactivate'], ['deactivate', 'Deactivate'], ['start-emergency', 'Start an emergency day'], ['contact-vendor', 'Contact the vendor'], ['upload-usage-license', 'Upload Usage License'], ['show-request', 'Show the request again']] as const) {
      expect(screen.queryByRole('button', { name }) !== null, name).toBe(sent.includes(action));
    }
  });
});

describe('the wizard', () => {
  it('leads from the choice to the key, activates, and ends on the status page', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), GOOD_KEY);
    await screen.findByText('This is a complete license key.');
    await press('Next');
    await press('Finish');
    expect(await screen.findByRole('button', { name: 'Deactivate' })).toBeDefined();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Licensed to ACME Water');
    const sent = asked.filter(one => one.path.endsWith('/activations'));
    expect(sent.map(one => one.body)).toEqual([{ key: GOOD_KEY }]);
    expect(sent[0]?.headers.get('X-Charter-Page')).toBe('1');
  });

  it('goes on at Enter', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), GOOD_KEY);
    await screen.findByText('This is a complete license key.');
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('button', { name: 'Finish' })).toBeDefined();
  });

  it('sends no key that is mistyped', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), GOOD_KEY.replace('6', '7'));
    await screen.findByText(/is mistyped/);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true);
    await userEvent.keyboard('{Enter}');
    expect(asked.some(one => one.path.endsWith('/activations'))).toBe(false);
  });

  it('tells a refusal in the words of the server, and Back keeps what was typed', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), USED_UP_KEY);
    await screen.findByText('This is a complete license key.');
    await press('Next');
    expect(await screen.findByText(/All 3 activations of this license are in use/)).toBeDefined();
    expect(screen.getByText('(ACTIVATIONS_EXHAUSTED)')).toBeDefined();
    await press('Back');
    expect((await screen.findByLabelText<HTMLInputElement>('License key')).value).toBe(USED_UP_KEY);
  });

  it('tells an unreachable vendor apart from a refusal, and when it is worth trying again', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), AWAY_KEY);
    await screen.findByText('This is a complete license key.');
    await press('Next');
    expect(await screen.findByText(/The vendor was not reached/)).toBeDefined();
    expect(screen.getByText(/after 30 seconds/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('is gone on with where it was left', async () => {
    serverIs(new MockLicense());
    const { unmount } = show(<LicensePage />);
    await userEvent.type(await toTheKey(), 'ACMEW');
    unmount();
    show(<LicensePage />);
    expect((await screen.findByLabelText<HTMLInputElement>('License key')).value).toBe('ACMEW');
  });

  it('keeps no key in what the browser stores', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.type(await toTheKey(), GOOD_KEY);
    await screen.findByText('This is a complete license key.');
    expect(JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })).not.toContain('ACMEW');
  });

  it('leads to the guide of the license types', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await press('Next');
    expect((await screen.findByLabelText<HTMLInputElement>(/^Floating/)).disabled).toBe(false);
    expect(screen.getByRole('link', { name: /side by side/ }).getAttribute('href')).toBe('/docs/license-types.html');
  });

  it('starts a trial, whose countdown is seen', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await userEvent.click(await screen.findByLabelText(/Start a trial/));
    await press('Next');
    await press('Start the trial');
    await press('Finish');
    expect((await screen.findByRole('timer')).textContent).toMatch(/^(2:00:00|1:59:5\d)$/);
    expect(screen.getByRole('button', { name: 'Activate a license' })).toBeDefined();
  });
});

describe('by letter', () => {
  async function toOffline() {
    await press('Next');
    await userEvent.click(await screen.findByLabelText(/^Offline/));
    await press('Next');
  }

  async function request(key: string) {
    await userEvent.click(await screen.findByLabelText(/^Generate Usage Request/));
    await press('Next');
    await userEvent.type(await screen.findByLabelText('License key'), key);
    await screen.findByText('This is a complete license key.');
    await press('Generate Usage Request');
  }

  async function give(text: string) {
    fireEvent.change(await screen.findByLabelText('Usage license'), { target: { value: text } });
  }

  it('leads from the key to the window with the request, and from the answer to the status page', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed', offline: true }));
    show(<LicensePage />);
    await toOffline();
    await request(OFFLINE_KEY);
    const window = await screen.findByRole('dialog', { name: 'Offline Activation' });
    expect(within(window).getByText(/BEGIN CHARTER USAGE REQUEST/)).toBeDefined();
    for (const name of ['Copy', 'Download']) expect(within(window).getByRole('button', { name })).toBeDefined();
    expect(within(window).getByRole('link', { name: 'Write an e-mail' }).getAttribute('href')).toMatch(/^mailto:support@vendor\.example\?/);
    expect(within(window).getByRole('link', { name: 'support@vendor.example' })).toBeDefined();
    expect(within(window).getByRole('img', { name: 'QR code: Usage request' })).toBeDefined();
    expect(sent(asked, '/usage-requests')).toEqual([{ key: OFFLINE_KEY }]);
    await userEvent.click(within(window).getByRole('button', { name: 'Close' }));
    await give(usageLicenseFor(1));
    await screen.findByText('This is a usage license.');
    await press('Install usage license');
    await press('Finish');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Licensed to ACME Water');
    expect(sent(asked, '/usage-licenses')).toEqual([{ text: usageLicenseFor(1) }]);
  });

  it('keeps the request: whoever comes back later finds the same one, and the place for its answer', async () => {
    const mock = new MockLicense({ state: 'never-licensed', offline: true, requested: true });
    const asked = serverIs(mock);
    show(<LicensePage />);
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Waiting for the usage license');
    expect(screen.getByLabelText('Usage license')).toBeDefined();
    await userEvent.click(screen.getAllByRole('button', { name: 'Show the request again' })[0]!);
    const window = await screen.findByRole('dialog', { name: 'Offline Activation' });
    await userEvent.click(within(window).getByRole('button', { name: /Show all/ }));
    expect(within(window).getByRole('group', { name: 'Usage request, text' }).textContent).toBe(mock.request!.text.trimEnd());
    expect(sent(asked, '/usage-requests')).toEqual([]);
  });

  it('asks before a new request makes the waiting one worthless, and a no leaves it', async () => {
    const mock = new MockLicense({ state: 'never-licensed', offline: true, requested: true });
    const asked = serverIs(mock);
    show(<LicensePage />);
    const before = mock.request;
    await press('Back');
    expect(await screen.findByText(/a new one makes it worthless/)).toBeDefined();
    await request(OFFLINE_KEY);
    const question = await screen.findByRole('dialog', { name: 'Make a new request?' });
    expect(within(question).getByText(/a usage license that answers it will be refused here/)).toBeDefined();
    await userEvent.click(within(question).getByRole('button', { name: 'Keep it as it is' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(mock.request).toBe(before);
    await press('Generate Usage Request');
    await press('Make a new request');
    await screen.findByRole('dialog', { name: 'Offline Activation' });
    expect(mock.request).not.toBe(before);
    expect(sent(asked, '/usage-requests')).toEqual([{ key: OFFLINE_KEY }, { key: OFFLINE_KEY }, { key: OFFLINE_KEY, supersede: true }]);
  });

  it('asks before an activation online makes the waiting letter worthless, and a no leads back to the key', async () => {
    const mock = new MockLicense({ state: 'never-licensed', requested: true });
    const asked = serverIs(mock);
    show(<LicensePage />);
    const before = mock.request;
    await press('Back');
    await press('Back');
    await userEvent.click(await screen.findByLabelText(/^Online/));
    await press('Next');
    await userEvent.type(await screen.findByLabelText('License key'), AWAY_KEY);
    await screen.findByText('This is a complete license key.');
    await press('Next');
    const question = await screen.findByRole('dialog', { name: 'Ask the vendor online?' });
    expect(within(question).getByText(/a usage license that answers it will be refused here/)).toBeDefined();
    await userEvent.click(within(question).getByRole('button', { name: 'Keep it as it is' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('License key').value).toBe(AWAY_KEY);
    expect(mock.request).toBe(before);
    await press('Next');
    await press('Ask the vendor online');
    expect(await screen.findByText(/The vendor was not reached/)).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent(asked, '/activations')).toEqual([{ key: AWAY_KEY }, { key: AWAY_KEY }, { key: AWAY_KEY, supersede: true }]);
  });

  it('does not install what is not the answer, and says what it is', async () => {
    const mock = new MockLicense({ state: 'never-licensed', offline: true, requested: true });
    const asked = serverIs(mock);
    show(<LicensePage />);
    await give(mock.request!.text);
    expect(await screen.findByText(/This is a usage request; the usage license is the answer to it/)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Install usage license' }).disabled).toBe(true);
    expect(sent(asked, '/usage-licenses')).toEqual([]);
  });

  it.each([['another host', FOR_ANOTHER_HOST, /This usage license is for another host/], ['an older request', usageLicenseFor(0), /answers an older request of this host/]])(
    'tells that a usage license is for %s, and keeps it there', async (_, text, said) => {
      serverIs(new MockLicense({ state: 'never-licensed', offline: true, requested: true }));
      show(<LicensePage />);
      await give(text);
      await screen.findByText('This is a usage license.');
      await press('Install usage license');
      expect(await screen.findByText(said)).toBeDefined();
      expect(screen.getByLabelText<HTMLTextAreaElement>('Usage license').value).toBe(text);
    });

  it('upgrades by a request that is marked as an update, while the license keeps working', async () => {
    const asked = serverIs(new MockLicense({ state: 'licensed', offline: true }));
    show(<LicensePage />);
    await press('Upgrade License');
    const window = await screen.findByRole('dialog', { name: 'Offline Activation' });
    expect(within(window).getByText(/it asks for what has changed in license lic-7f3k2m9q/)).toBeDefined();
    expect(within(window).getByText(/The license keeps working meanwhile/)).toBeDefined();
    expect(sent(asked, '/usage-requests')).toEqual([{}]);
    await userEvent.click(within(window).getByRole('button', { name: 'Upload Usage License' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Licensed to ACME Water');
    await give(usageLicenseFor(1));
    await screen.findByText('This is a usage license.');
    await press('Install usage license');
    expect(await screen.findByText('Sparkplug Aware was added')).toBeDefined();
    await press('Finish');
    expect(await screen.findByRole('button', { name: 'Upgrade License' })).toBeDefined();
  });

  it('shows what to do in place of Reactivate where that cannot work', async () => {
    serverIs(new MockLicense({ state: 'licensed', offline: true }));
    show(<LicensePage />);
    expect(await screen.findByText(/This license is updated by letter/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Reactivate' })).toBeNull();
  });

  it('deactivates, shows the code as text, file, mail and QR code, also on later visits, and takes its confirmation', async () => {
    serverIs(new MockLicense({ state: 'licensed', offline: true }));
    const { unmount } = show(<LicensePage />);
    await press('Deactivate');
    expect(await screen.findByText(/A deactivation code to send to the vendor/)).toBeDefined();
    await press('Deactivate this server');
    await screen.findByRole('region', { name: 'Deactivation code' });
    unmount();
    show(<LicensePage />);
    const code = within(await screen.findByRole('region', { name: 'Deactivation code' }));
    expect(code.getByText(/BEGIN CHARTER RELEASE/)).toBeDefined();
    for (const name of ['Copy', 'Download']) expect(code.getByRole('button', { name })).toBeDefined();
    expect(code.getByRole('link', { name: 'Write an e-mail' })).toBeDefined();
    expect(code.getByRole('img', { name: 'QR code: Deactivation code' })).toBeDefined();
    await toOffline();
    await userEvent.click(await screen.findByLabelText(/^Upload Usage License/));
    await press('Next');
    await give(ACKNOWLEDGEMENT);
    await screen.findByText('This confirms a deactivation.');
    await press('Take the confirmation');
    expect(await screen.findByText(/The vendor has confirmed it\./)).toBeDefined();
  });

  it('is offered where a reactivation does not reach the vendor, without a word of it before', async () => {
    const asked = serverIs(new MockLicense({ state: 'licensed', away: true }));
    show(<LicensePage />);
    await press('Reactivate');
    await press('Ask by letter instead');
    expect(await screen.findByRole('dialog', { name: 'Offline Activation' })).toBeDefined();
    expect(sent(asked, '/usage-requests')).toEqual([{}]);
  });

  it('fetches what the vendor has changed in a license that has ended', async () => {
    const asked = serverIs(new MockLicense({ state: 'ended', offline: true }));
    show(<LicensePage />);
    await press('Ask for a new usage license');
    expect(await screen.findByRole('dialog', { name: 'Offline Activation' })).toBeDefined();
    expect(sent(asked, '/usage-requests')).toEqual([{}]);
  });

  it('asks before a new update makes the waiting one worthless', async () => {
    const mock = new MockLicense({ state: 'licensed', offline: true, requested: true });
    serverIs(mock);
    show(<LicensePage />);
    const before = mock.request;
    await press('Upgrade License');
    await screen.findByRole('dialog', { name: 'Make a new request?' });
    expect(mock.request).toBe(before);
    await press('Make a new request');
    await screen.findByRole('dialog', { name: 'Offline Activation' });
    expect(mock.request).not.toBe(before);
  });

  it('tells why a request cannot be made', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', offline: true }));
    show(<LicensePage />);
    await toOffline();
    await request(AWAY_KEY);
    expect(await screen.findByText(/the disk is full. Free some space, then try again/)).toBeDefined();
  });

  it('shows the request to who may only look, and no place for an answer', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', offline: true, requested: true }));
    show(<LicensePage mayChange={false} />);
    await press('Show the request again');
    const window = await screen.findByRole('dialog', { name: 'Offline Activation' });
    expect(within(window).queryByRole('button', { name: 'Upload Usage License' })).toBeNull();
    expect(screen.queryByLabelText('Usage license')).toBeNull();
  });
});

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
  });

  it('counts down while the server is away, also in the banner, and leads to other servers', async () => {
    serverIs(new MockLicense({ state: 'licensed', seat: 'away' }));
    show(<><LicenseBanner /><LicensePage /></>);
    expect((await screen.findAllByText(/License server not reached since/)).length).toBe(2);
    expect(screen.getAllByRole('timer').map(timer => timer.textContent)).toEqual([expect.stringMatching(/^0:(40:00|39:5\d)$/), expect.stringMatching(/^0:(40:00|39:5\d)$/)]);
    expect(screen.getByText('Full work for', { exact: false })).toBeDefined();
    await press('Other license servers');
    expect(screen.getAllByRole<HTMLInputElement>('textbox', { name: /^License server/ }).map(field => field.value)).toEqual([SERVER, SPARE_SERVER]);
  });

  it('whose settings are locked counts down to its end', async () => {
    serverIs(new MockLicense({ state: 'degraded', seat: 'locked' }));
    show(<LicensePage />);
    expect((await screen.findByRole('timer')).textContent).toMatch(/^(70:00:00|69:59:5\d)$/);
    expect(screen.getByText('Data still flows for', { exact: false })).toBeDefined();
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

describe('the status page', () => {
  it('shows what the license grants, its dates and limits, the activations and this server', async () => {
    serverIs(new MockLicense({ state: 'licensed' }));
    show(<LicensePage />);
    for (const text of ['lic-7f3k2m9q', 'Online, node-locked', 'ACME Water', 'MQTT Server Support', 'plant-a', 'HxA3kVd0r9wJm2sQe7TzLc5Yb8NfGu1P', 'http://licenses.example']) expect(await screen.findByText(text)).toBeDefined();
    expect(screen.getByText(/Up to 1,000,000 messages/)).toBeDefined();
    expect(screen.getByText('2 free for other servers, as of the last answer.')).toBeDefined();
  });

  it('shows after Reactivate what changed', async () => {
    const mock = new MockLicense({ state: 'licensed' });
    serverIs(mock);
    show(<LicensePage />);
    mock.vendorAdds('sparkplug');
    await press('Reactivate');
    expect(await screen.findByText('Sparkplug Aware was added')).toBeDefined();
    expect(screen.getByText('Sparkplug Aware')).toBeDefined();
  });

  it('deactivates only after a plain warning, and then shows the proof and the wizard', async () => {
    const asked = serverIs(new MockLicense({ state: 'licensed' }));
    show(<LicensePage />);
    await press('Deactivate');
    const dialog = await screen.findByRole('dialog', { name: 'Deactivate plant-a?' });
    expect(within(dialog).getByText(/gives its license back, at once/)).toBeDefined();
    expect(asked.some(one => one.path.endsWith('/deactivations'))).toBe(false);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Deactivate this server' }));
    expect(await screen.findByText(/BEGIN CHARTER RELEASE/)).toBeDefined();
    expect(screen.getByRole('list', { name: 'Steps' })).toBeDefined();
  });

  it('offers nothing that changes to who may only look', async () => {
    serverIs(new MockLicense({ state: 'licensed' }));
    show(<LicensePage mayChange={false} />);
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('button', { name: 'Reactivate' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Deactivate' })).toBeNull();
  });

  it('says when the server itself is away', async () => {
    serverIsAway();
    show(<LicensePage />);
    expect(await screen.findByText(/This server does not answer/)).toBeDefined();
  });

  it('shows whatever a name holds as text', async () => {
    const mock = new MockLicense({ state: 'licensed' });
    const document = mock.document();
    serverIs({ handle: () => ({ status: 200, body: { ...document, headline: 'Licensed to <script>alert(1)</script>', license: { ...document.license, customer: '"><img src=x onerror=alert(1)>' } } }) });
    const { container } = show(<LicensePage />);
    await screen.findByText('Licensed to <script>alert(1)</script>');
    expect(container.querySelector('img, script')).toBeNull();
  });
});

describe('the banner', () => {
  it('says nothing while all is well', async () => {
    const asked = serverIs(new MockLicense({ state: 'licensed' }));
    const { container } = show(<LicenseBanner />);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(container.querySelector('[data-state]')).toBeNull();
  });

  it('shows the headline of the License page otherwise, and leads to it', async () => {
    serverIs(new MockLicense({ state: 'suspended' }));
    show(<LicenseBanner page="/license" />);
    expect(await screen.findByText('This license was suspended by the vendor')).toBeDefined();
    expect(screen.getByRole('link', { name: 'License' }).getAttribute('href')).toBe('/license');
  });
});
