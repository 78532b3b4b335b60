import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { AWAY_KEY, GOOD_KEY, MockLicense, USED_UP_KEY, type Shown } from '../../mock/license';
import { serverIs, serverIsAway, show } from '../../test/against';
import { LicenseBanner, LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

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
    for (const [action, name] of [['reactivate', 'Reactivate'], ['deactivate', 'Deactivate'], ['start-emergency', 'Start an emergency day'], ['contact-vendor', 'Contact the vendor']] as const) {
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

  it('has offline, floating and purchase in their places, marked as not available', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    expect((await screen.findByLabelText<HTMLInputElement>(/I need to purchase a license/)).disabled).toBe(true);
    await press('Next');
    expect((await screen.findByLabelText<HTMLInputElement>(/^Offline/)).disabled).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>(/^Floating/).disabled).toBe(true);
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
