import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { GOOD_KEY } from '../../mock/license';
import { EXHAUSTED, FROM_A_PHONE, HYBRID, LICENSE_ID, LOOKED_AT, MockPortal, RELEASE, REQUEST, SUPERSEDED, TOKEN, UPDATE } from '../../mock/portal';
import { serverIs, serverIsAway, show } from '../../test/against';
import { broughtBy } from './address';
import { letterOf } from './api';
import { Portal } from './Portal';

beforeEach(() => window.history.replaceState(null, '', '/portal/'));

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));
const field = () => screen.getByLabelText<HTMLTextAreaElement>('Usage request or deactivation code');
const paste = (text: string) => fireEvent.paste(field(), { clipboardData: { files: [], getData: () => text } });
const bodies = (asked: ReturnType<typeof serverIs>, path: string) => asked.filter(one => one.path.endsWith(path)).map(one => one.body);

describe('a letter', () => {
  it('that is pasted is answered at once: the usage license as text, file and QR code, with what is left of the license', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    paste(REQUEST);
    expect(await screen.findByText('The usage license is here')).toBeDefined();
    expect(screen.getByText(/Install it on that host before 28 December 2026/)).toBeDefined();
    expect(screen.getByText(/BEGIN CHARTER USAGE LICENSE/)).toBeDefined();
    for (const name of ['Copy', 'Download']) expect(screen.getByRole('button', { name })).toBeDefined();
    expect(screen.getByRole('img', { name: 'QR code: Usage license' })).toBeDefined();
    expect(screen.getByText(/2 of 3 used; 1 is free for another host/)).toBeDefined();
    expect(bodies(asked, '/letters')).toEqual([{ text: REQUEST }]);
  });

  it('that is uploaded is answered at once', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    await userEvent.upload(screen.getByLabelText<HTMLInputElement>('Upload a request'), new File([REQUEST], 'usage-request-plant-a.txt', { type: 'text/plain' }));
    expect(await screen.findByText('The usage license is here')).toBeDefined();
  });

  it('that a phone brought with the address is answered at once, and only once', async () => {
    const asked = serverIs(new MockPortal());
    window.history.replaceState(null, '', `/portal/#${FROM_A_PHONE}`);
    show(<Portal />);
    expect(await screen.findByText('The usage license is here')).toBeDefined();
    expect(bodies(asked, '/letters')).toEqual([{ text: FROM_A_PHONE }]);
  });

  it('that a phone brings while the page is open takes the place of the one before', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(SUPERSEDED);
    await screen.findByText('No usage license was given');
    act(() => { window.history.replaceState(null, '', `/portal/#${FROM_A_PHONE}`); window.dispatchEvent(new HashChangeEvent('hashchange')); });
    expect(await screen.findByText('The usage license is here')).toBeDefined();
  });

  it('that is typed, as a scanner does, waits for the button', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    fireEvent.change(field(), { target: { value: FROM_A_PHONE } });
    expect(asked).toHaveLength(0);
    await press('Get the answer');
    expect(await screen.findByText('The usage license is here')).toBeDefined();
  });

  it('that asks for an update is answered as one', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(UPDATE);
    expect(await screen.findByText('The updated usage license is here')).toBeDefined();
  });

  it('whose answer fits no single code is answered in numbered parts', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(HYBRID);
    expect(await screen.findByText('Part 1 of 16')).toBeDefined();
    expect(screen.getByText(/the parts in any order/)).toBeDefined();
  });

  it('that is a deactivation code frees the activation, and there is nothing to install', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(RELEASE);
    expect(await screen.findByText('The deactivation has arrived')).toBeDefined();
    expect(screen.getByText(/There is nothing to install/)).toBeDefined();
    expect(screen.queryByText(/Upload Usage License/)).toBeNull();
  });

  it('that is refused says why and what to do; where the activations are used up, the way leads to the hosts', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(EXHAUSTED);
    expect(await screen.findByText('No usage license was given')).toBeDefined();
    expect(screen.getByText('(ACTIVATIONS_EXHAUSTED)').tagName).toBe('SMALL');
    await press('See which hosts hold it');
    expect(screen.getByLabelText<HTMLInputElement>('License ID').value).toBe(LICENSE_ID);
    await userEvent.click(screen.getByRole('tab', { name: 'Usage request' }));
    expect(screen.getByText('No usage license was given')).toBeDefined();
  });

  it('that waits for the desk can be asked for again', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    paste(LOOKED_AT);
    expect(await screen.findByRole('heading', { level: 1, name: 'The vendor’s support looks at this first' })).toBeDefined();
    expect(screen.getByText('let-7q3kzt5rmwx2')).toBeDefined();
    await press('Ask again');
    await waitFor(() => expect(bodies(asked, '/letters')).toEqual([{ text: LOOKED_AT }, { text: LOOKED_AT }]));
    expect(screen.getByText('The vendor’s support looks at this first')).toBeDefined();
  });

  it.each([['half a paste', REQUEST.slice(0, 300), /The end of the document is missing/], ['something else', 'Dear all, lunch is at noon.', /There is no license document in this text/]])(
    'that is %s is told so, and stays there', async (_, text, said) => {
      serverIs(new MockPortal());
      show(<Portal />);
      paste(text);
      expect(await screen.findByText(said)).toBeDefined();
      expect(field().value).toBe(text);
    });

  it('is not lost when the vendor is not reached', async () => {
    serverIsAway();
    show(<Portal />);
    paste(REQUEST);
    expect(await screen.findByText(/The vendor was not reached/)).toBeDefined();
    serverIs(new MockPortal());
    await press('Get the answer');
    expect(await screen.findByText('The usage license is here')).toBeDefined();
  });

  it('leaves the place to another one', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    paste(REQUEST);
    await press('Bring another request');
    expect(field().value).toBe('');
  });

  it('in a mail that is larger than the authority takes goes without what stands around it', () => {
    expect(letterOf(`${'<p>Sent from my phone</p>\n'.repeat(40_000)}${REQUEST}\n${'x'.repeat(9_000)}`)).toBe(REQUEST.trim());
    const whole = `${'<p>Sent from my phone</p>\n'.repeat(20_000)}${REQUEST}`;
    expect(letterOf(whole)).toBe(whole);
  });
});

describe('the hosts of a license', () => {
  const toHosts = async () => userEvent.click(screen.getByRole('tab', { name: 'Hosts of a license' }));
  const byKey = async (key: string) => {
    await toHosts();
    await userEvent.type(screen.getByLabelText('License key'), key);
    await press('Show the hosts');
  };

  it('are shown to who knows the key', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    await byKey(GOOD_KEY);
    expect(await screen.findByText('MQTT Server for ACME Water')).toBeDefined();
    const hosts = within(screen.getByRole('region', { name: 'Hosts' })).getAllByRole('listitem');
    expect(hosts.map(host => host.textContent)).toEqual([expect.stringMatching(/^plant-aHolds an activation/), expect.stringMatching(/^plant-bHolds an activation/), expect.stringMatching(/^plant-cGave its activation back/)]);
    expect(bodies(asked, '/hosts')).toEqual([{ key: GOOD_KEY }]);
  });

  it('are shown to who comes by a mailed link, whose secret does not stay in the address', async () => {
    const asked = serverIs(new MockPortal());
    window.history.replaceState(null, '', `/portal/#token=${TOKEN}`);
    show(<Portal />);
    expect(await screen.findByText('MQTT Server for ACME Water')).toBeDefined();
    expect(window.location.href).not.toContain(TOKEN);
    expect(bodies(asked, '/hosts')).toEqual([{ token: TOKEN }]);
  });

  it('are shown to nobody else, and what to do instead is said', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    await byKey('ABCDE');
    expect(await screen.findByText(/This opens no license/)).toBeDefined();
    expect(screen.queryByRole('region', { name: 'Hosts' })).toBeNull();
  });

  it('come by mail to who has no key: the answer tells nobody whether there is such a license', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    await toHosts();
    await userEvent.type(screen.getByLabelText('License ID'), LICENSE_ID);
    await press('Mail the link');
    expect(await screen.findByText(/If there is such a license/)).toBeDefined();
    expect(bodies(asked, '/links')).toEqual([{ licenseId: LICENSE_ID }]);
  });

  it('are reported destroyed only after a plain warning, with what happened', async () => {
    const asked = serverIs(new MockPortal());
    show(<Portal />);
    await byKey(GOOD_KEY);
    await press('Report plant-b as destroyed');
    const question = within(await screen.findByRole('dialog', { name: 'Report plant-b as destroyed?' }));
    expect(question.getByText(/it gets no further answer from the vendor/)).toBeDefined();
    expect(question.getByRole<HTMLButtonElement>('button', { name: 'Report it as destroyed' }).disabled).toBe(true);
    await userEvent.type(question.getByLabelText('What happened'), 'The cabinet burnt down');
    expect(bodies(asked, '/losses')).toEqual([]);
    await userEvent.click(question.getByRole('button', { name: 'Report it as destroyed' }));
    expect(await screen.findByText(/The vendor’s support will look at this/)).toBeDefined();
    expect(await screen.findByText(/Reported destroyed; the vendor’s support looks at it/)).toBeDefined();
    expect(screen.getByText(/The vendor’s support will look at this/)).toBeDefined();
    expect(bodies(asked, '/losses')).toEqual([{ key: GOOD_KEY, hostId: 'act-4f7k0m2x9q01', story: 'The cabinet burnt down' }]);
  });

  it.each([
    ['restored', /has decided: the activation of plant-b is free again/],
    ['active', /has declined the report: plant-b holds its activation as before/],
    ['released', /plant-b has given its activation back itself/],
  ] as const)('that were reported tell what was decided in place of what the report was answered: %s', async (state, decision) => {
    const mock = new MockPortal();
    serverIs(mock);
    show(<Portal />);
    await byKey(GOOD_KEY);
    await press('Report plant-b as destroyed');
    await userEvent.type(await screen.findByLabelText('What happened'), 'Fire');
    await press('Report it as destroyed');
    await screen.findByText(/the vendor’s support looks at it/);
    mock.decide('act-4f7k0m2x9q01', state);
    // Somebody comes back to the window, having read the mail.
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByText(decision)).toBeDefined();
    expect(screen.queryByText(/will look at this/)).toBeNull();
  });

  it('are read again when somebody comes back to them, since a letter may have changed who holds the license', async () => {
    const asked = serverIs(new MockPortal());
    window.history.replaceState(null, '', `/portal/#token=${TOKEN}`);
    show(<Portal />);
    await screen.findByText('MQTT Server for ACME Water');
    for (const times of [2, 3]) {
      await userEvent.click(screen.getByRole('tab', { name: 'Usage request' }));
      if (times === 2) paste(RELEASE);
      await press('Its hosts');
      await waitFor(() => expect(bodies(asked, '/hosts')).toEqual(Array.from({ length: times }, () => ({ token: TOKEN }))));
      expect(screen.getByText('MQTT Server for ACME Water')).toBeDefined();
    }
  });

  it('of another license than the one that is open are asked for anew', async () => {
    const mock = new MockPortal();
    serverIs({ handle: (method, path, body) => { const answer = mock.handle(method, path, body)!; return path.endsWith('/letters') ? { ...answer, body: JSON.parse(JSON.stringify(answer.body).replaceAll(LICENSE_ID, 'lic-another')) as unknown } : answer; } });
    window.history.replaceState(null, '', `/portal/#token=${TOKEN}`);
    show(<Portal />);
    await screen.findByText('MQTT Server for ACME Water');
    await userEvent.click(screen.getByRole('tab', { name: 'Usage request' }));
    paste(RELEASE);
    await press('Its hosts');
    expect((await screen.findByLabelText<HTMLInputElement>('License ID')).value).toBe('lic-another');
  });

  it('are none at first, and it is said how one comes to be there', async () => {
    serverIs(new MockPortal({ hosts: 0 }));
    show(<Portal />);
    await byKey(GOOD_KEY);
    expect(await screen.findByText('No host holds this license')).toBeDefined();
  });

  it('are filtered where they are many', async () => {
    serverIs(new MockPortal({ hosts: 40 }));
    show(<Portal />);
    await byKey(GOOD_KEY);
    fireEvent.change(await screen.findByLabelText('Filter'), { target: { value: 'plant-c' } });
    expect(within(screen.getByRole('region', { name: 'Hosts' })).getAllByRole('listitem')).toHaveLength(1);
  });

  it('keep no key in what the browser stores', async () => {
    serverIs(new MockPortal());
    show(<Portal />);
    await byKey(GOOD_KEY);
    await screen.findByText('MQTT Server for ACME Water');
    expect(JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + window.location.href).not.toContain('ACMEW');
  });
});

describe('what stands behind the # of the address', () => {
  it.each([
    ['', { kind: 'nothing' }], ['#', { kind: 'nothing' }], ['#about', { kind: 'nothing' }],
    ['#CHARTER/1/1/ERJ7JSTW/PDNE', { kind: 'letter', text: 'CHARTER/1/1/ERJ7JSTW/PDNE' }],
    ['#CHARTER%2F1%2F1%2FERJ7JSTW%2FPDNE', { kind: 'letter', text: 'CHARTER%2F1%2F1%2FERJ7JSTW%2FPDNE' }],
    ['#token=abc', { kind: 'link', token: 'abc' }],
  ] as const)('%s', (hash, brought) => expect(broughtBy(hash)).toEqual(brought));
});

it('whatever a name holds is shown as text', async () => {
  const evil = '"><img src=x onerror=alert(1)>';
  const mock = new MockPortal();
  serverIs({ handle: (method, path, body) => { const answer = mock.handle(method, path, body)!; return { ...answer, body: JSON.parse(JSON.stringify(answer.body).replaceAll('ACME Water', JSON.stringify(evil).slice(1, -1))) as unknown }; } });
  const { container } = show(<Portal />);
  paste(REQUEST);
  expect(await screen.findByText(evil)).toBeDefined();
  expect(container.querySelector('img')).toBeNull();
});
