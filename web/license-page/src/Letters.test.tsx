import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { ACKNOWLEDGEMENT, AWAY_KEY, FOR_ANOTHER_HOST, MockLicense, OFFLINE_KEY, usageLicenseFor } from '../../mock/license';
import { press, sent, serverIs, show } from '../../test/against';
import { LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

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

  it('tells who knows where a deactivation code goes, where the product does not', async () => {
    serverIs(new MockLicense({ state: 'released', offline: true, withoutVendor: true }));
    show(<LicensePage />);
    expect(await screen.findByText(/does not know the vendor’s address. It stands in the letter that brought the license key/)).toBeDefined();
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
