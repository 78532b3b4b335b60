import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HashRouter } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { KEY, LICENSE, MockFloating, type FloatingScene } from '../../mock/floating';
import { usageLicenseFor } from '../../mock/license';
import { serverIs, show } from '../../test/against';
import { namesIn, tellsWhatWasDone, toldOf } from '../../test/audited';
import { App } from './App';
import { letterTo, whatIs } from './letters';

function visit(path: string, scene: FloatingScene = {}) {
  window.location.hash = path;
  const mock = new MockFloating(scene);
  const asked = serverIs(mock);
  show(<HashRouter><App mode="system" onMode={() => undefined} /></HashRouter>);
  return { mock, asked, sent: (ending: string) => asked.filter(one => one.method !== 'GET' && one.path.endsWith(ending)).map(one => one.body) };
}

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  window.location.hash = '';
});

const MENU = ['Overview', 'Seats', 'Queue and reservations', 'License', 'Server info', 'Exports and audit', 'Users'];

describe('coming in', () => {
  it('the first visit asks for the setup token and makes the administrator', async () => {
    const { sent } = visit('/', { setupNeeded: true });
    await userEvent.type(await screen.findByLabelText('Setup token'), 'good-token');
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse battery');
    await userEvent.type(screen.getByLabelText('Password, once more'), 'correct horse battery');
    await press('Set up');
    const menu = await screen.findByRole('navigation', { name: 'Menu' });
    expect(within(menu).getAllByRole('link').map(link => link.textContent)).toEqual(MENU);
    expect(sent('/api/setup')).toEqual([{ token: 'good-token', name: 'admin', password: 'correct horse battery' }]);
  });

  it('who is not logged in sees the login and nothing else', async () => {
    const { asked } = visit('/seats', { entered: false });
    await screen.findByRole('button', { name: 'Log in' });
    expect(asked.map(one => one.path)).toEqual(['/api/session']);
  });

  it('a viewer sees no users and no exports, and is offered nothing that changes', async () => {
    visit('/license', { role: 'viewer' });
    await screen.findByText('Seats are handed out.');
    expect(within(screen.getByRole('navigation', { name: 'Menu' })).getAllByRole('link').map(link => link.textContent)).toEqual(MENU.slice(0, 5));
    for (const name of ['Ask for a change', 'Deactivate', 'Install usage license']) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('the overview', () => {
  it('shows each pool with its seats in use, free, waiting, denied and at most, and its features', async () => {
    visit('/');
    const pool = within(await screen.findByRole('region', { name: 'mqtt-server' }));
    for (const text of ['17', '8', '3', '2', '21', '17 of 25', '5 of 5']) expect(pool.getAllByText(text).length, text).toBeGreaterThan(0);
    expect(screen.getByText('http://licenses.plant.example:16090')).toBeDefined();
  });

  it('without a pool says how one comes', async () => {
    visit('/', { license: 'none' });
    expect(await screen.findByText('No pool of seats yet')).toBeDefined();
    expect(screen.getByRole('link', { name: 'To the license' }).getAttribute('href')).toBe('#/license');
  });

  it('shows alarms, the most urgent first; the first critical one stands above every other page', async () => {
    visit('/', { license: 'ending', troubled: true });
    const alarms = within(await screen.findByRole('region', { name: 'Alarms' })).getAllByRole('alert').map(alarm => alarm.textContent);
    expect(alarms[0]).toContain('clone-seen');
    expect(alarms[1]).toContain('license-ends');
    await userEvent.click(screen.getByRole('link', { name: 'Seats' }));
    await screen.findByRole('heading', { level: 1, name: 'Seats' });
    expect(screen.getByText(/Two hosts seem to use one key/)).toBeDefined();
    expect(screen.queryByText(/license-ends/)).toBeNull();
  });

  it('starts an emergency day only after it was said what that costs', async () => {
    const { sent } = visit('/');
    await press('Start an emergency day');
    const question = within(await screen.findByRole('dialog'));
    expect(question.getByText(/5 of 7 left; this takes one/)).toBeDefined();
    expect(sent('/emergencies')).toEqual([]);
    await userEvent.click(question.getByRole('button', { name: 'Start an emergency day' }));
    expect(await screen.findByText(/Overdraft: 5 more seats are lent/)).toBeDefined();
  });
});

describe('seats', () => {
  it('are searched, filtered and paged by the server', async () => {
    const { asked } = visit('/seats', { amount: 'many' });
    const last = () => asked.filter(one => one.path.endsWith('/leases')).at(-1)?.query;
    await screen.findByText('1 to 50');
    await press('Next');
    await screen.findByText('51 to 100');
    expect(last()?.get('after')).toBe('50');
    await userEvent.type(screen.getByLabelText('Host, slot or ID'), 'line-77');
    await screen.findByText('line-77');
    await waitFor(() => expect(last()?.get('search')).toBe('line-77'));
    expect(last()?.get('after'), 'another question begins at its first page').toBeNull();
  });

  it('of which there are none say how one comes', async () => {
    visit('/seats', { amount: 'nothing' });
    expect(await screen.findByText('Nobody has a seat yet')).toBeDefined();
  });

  it('a seat is reclaimed with a reason, after it was said what it costs', async () => {
    const { sent } = visit('/seats');
    await press('Reclaim the seat of line-1');
    const question = within(await screen.findByRole('dialog', { name: 'Reclaim the seat of line-1?' }));
    expect(question.getByText('One of 3 reclaims within 30 days; 2 are left')).toBeDefined();
    expect(question.getByRole<HTMLButtonElement>('button', { name: 'Reclaim the seat' }).disabled).toBe(true);
    await userEvent.type(question.getByLabelText('Reason'), 'The cabinet burnt down on Sunday');
    await userEvent.click(question.getByRole('button', { name: 'Reclaim the seat' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('/reclaims')).toEqual([{ reason: 'The cabinet burnt down on Sunday' }]);
  });

  it('beyond the allowance no seat can be reclaimed, and the page says so', async () => {
    const { mock } = visit('/seats');
    mock.reclaimed = 3;
    await press('Reclaim the seat of line-1');
    expect(await screen.findByText(/The allowance is used up for now/)).toBeDefined();
    expect(screen.queryByLabelText('Reason')).toBeNull();
  });
});

describe('queue and reservations', () => {
  it('the queue is switched on and off, and tells who waits at which place', async () => {
    const { sent } = visit('/queue');
    expect(within(await screen.findByRole('list', { name: 'Queue' })).getAllByRole('listitem').map(one => one.textContent?.slice(0, 8))).toEqual(['1line-90', '2line-91', '3line-92']);
    await userEvent.click(screen.getByLabelText(/^Refuse/));
    expect(await screen.findByText(/There is no queue/)).toBeDefined();
    expect(sent('/when-full')).toEqual([{ whenFull: 'refuse' }]);
  });

  it('seats are reserved for hosts and groups, all at once, and never more than there are', async () => {
    const { sent } = visit('/queue', { amount: 'nothing' });
    await press('Reserve seats');
    const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save the reservations' });
    expect(screen.getByText('Each reservation needs a name.')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Control room' } });
    fireEvent.change(screen.getByLabelText('Hosts or slots'), { target: { value: 'control-1, control-2' } });
    fireEvent.change(screen.getByLabelText('Seats'), { target: { value: '26' } });
    expect(screen.getByText('26 seats would be kept, and the pool has 25.')).toBeDefined();
    expect(save().disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Seats'), { target: { value: '2' } });
    await userEvent.click(save());
    await waitFor(() => expect(sent('/reservations')).toEqual([[{ name: 'Control room', kind: 'host', members: ['control-1', 'control-2'], seats: 2 }]]));
  });

  it('are shown to a viewer, and changed by none', async () => {
    visit('/queue', { role: 'viewer' });
    expect((await screen.findByDisplayValue<HTMLInputElement>('Control room')).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Reserve seats' })).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>(/^Refuse/).disabled).toBe(true);
  });
});

describe('the license', () => {
  it('is asked for with the wanted seats, sent as Server info, and installed', async () => {
    const { sent } = visit('/license', { license: 'none' });
    await press('Make a request');
    await userEvent.type(await screen.findByLabelText('License key'), KEY);
    await userEvent.type(screen.getByLabelText('Wanted seats'), '25');
    await press('Make the request');
    const letter = within(await screen.findByRole('region', { name: 'Server info' }));
    for (const name of ['Copy', 'Download']) expect(letter.getByRole('button', { name })).toBeDefined();
    expect(letter.getByRole('link', { name: 'Write an e-mail' }).getAttribute('href')).toMatch(/^mailto:/);
    expect(letter.getByRole('img', { name: 'QR code: Server info' })).toBeDefined();
    expect(sent('/usage-requests')).toEqual([{ key: KEY, seats: 25 }]);
    fireEvent.change(screen.getByLabelText('Usage license of mqtt-server'), { target: { value: usageLicenseFor(1) } });
    await press('Install usage license');
    expect(await screen.findByText('Seats are handed out.')).toBeDefined();
    expect(sent('/usage-licenses')).toEqual([{ text: usageLicenseFor(1) }]);
  });

  it('asks before a new request makes the waiting one worthless', async () => {
    const { mock, sent } = visit('/license', { license: 'requested' });
    const before = mock.request;
    await press('Make another request');
    await userEvent.type(await screen.findByLabelText('License key'), KEY);
    await press('Make the request');
    await screen.findByRole('dialog', { name: 'Make a new request?' });
    expect(mock.request).toBe(before);
    await press('Make a new request');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('/usage-requests')).toEqual([{ key: KEY }, { key: KEY, supersede: true }]);
  });

  it('is activated online only where the vendor is named, and tells when it is not reached', async () => {
    const { sent } = visit('/license', { license: 'none', online: true });
    await press('Activate online');
    await userEvent.type(await screen.findByLabelText('License key'), 'AWAYX');
    await press('Activate');
    expect(await screen.findByText(/The vendor was not reached/)).toBeDefined();
    expect(sent('/activations')).toEqual([{ key: 'AWAYX' }]);
  });

  it('fewer seats are asked for after it was said when they go back', async () => {
    const { sent } = visit('/license');
    await press('Ask for a change');
    await userEvent.type(await screen.findByLabelText('Wanted seats'), '20');
    expect(screen.getByText(/go back to the vendor when the last of them has run out/)).toBeDefined();
    await press('Make the request');
    await screen.findByRole('region', { name: 'Server info' });
    expect(sent('/usage-requests')).toEqual([{ seats: 20 }]);
  });

  it('is given back only after it was said who is hit, and then shows the code that proves it', async () => {
    const { sent } = visit('/license');
    await press('Deactivate');
    expect(await screen.findByText(/17 products with a seat: each works on until its seat runs out/)).toBeDefined();
    expect(sent('/deactivations')).toEqual([]);
    await press('Deactivate this license');
    expect(await screen.findByRole('region', { name: 'Deactivation code' })).toBeDefined();
  });

  it('takes no document that is something else, and says what it is', () => {
    expect(whatIs('-----BEGIN CHARTER USAGE REQUEST-----\nAA\n-----END CHARTER USAGE REQUEST-----')).toEqual({ good: false, text: expect.stringMatching(/the usage license is the answer to it/) as string });
    expect(whatIs('-----BEGIN CHARTER USAGE LICENSE-----\nAA').good).toBe(false);
    expect(whatIs(usageLicenseFor(1)).good).toBe(true);
  });

  it('in a mail has the letter in it where mail programs take it, else the name of its file', () => {
    expect(letterTo('Usage request', 'short', 'request.txt')).toBe('mailto:?subject=Usage%20request&body=short');
    expect(letterTo('Usage request', 'x'.repeat(3_000), 'request.txt')).toContain('request.txt');
  });
});

describe('the audit log', () => {
  tellsWhatWasDone(() => visit('/audit').mock, 'floating-server/src/main/resources/openapi.json');

  it('tells in words of everything that can happen to a pool', async () => {
    const happened = namesIn('floating-server/src/main/java/dev/charter/floating/audit/AuditEvent.java', /json\.put\("event", "([^"]+)"\)/g);
    expect(happened).toContain('going-on');
    const words = (await toldOf(visit('/audit').mock, happened)).map(({ what }) => what);
    for (const what of words) expect(what).toMatch(/^[A-Z][a-z]+ [a-z ,:]+$/);
    expect(words.filter(what => what.includes('lease')), 'people read of seats').toEqual([]);
  });
});

it('exports are of the chosen pool and days', async () => {
  visit('/audit');
  fireEvent.change(await screen.findByLabelText('From'), { target: { value: '2026-10-01' } });
  fireEvent.change(screen.getByLabelText('Until'), { target: { value: '2026-10-31' } });
  expect(screen.getByRole('link', { name: 'Usage, signed' }).getAttribute('href')).toBe(`/api/exports/usage?pool=${LICENSE}&from=2026-10-01&until=2026-10-31`);
  expect(screen.getByRole('link', { name: 'Audit log as CSV' }).getAttribute('href')).toBe(`/api/exports/audit?pool=${LICENSE}&form=csv`);
});

it('the server info shows what the vendor needs, and where a request is made', async () => {
  visit('/server-info');
  expect(await screen.findByText('machine 1f3a9c88b20d, board 77b2e0aa31c4, mac 03c4d5e6f708')).toBeDefined();
  expect(screen.getByText(/No request waits for its answer/)).toBeDefined();
});
