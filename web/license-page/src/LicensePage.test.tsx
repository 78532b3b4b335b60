import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { MockLicense, type Shown } from '../../mock/license';
import { press, serverIs, serverIsAway, show } from '../../test/against';
import { LicenseBanner, LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

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
      expect(screen.queryByRole('button', { name }) !== null, name).toBe(sent.includes(action) && !(action === 'reactivate' && sent.includes('check-connection')));
    }
    expect(screen.queryByRole('button', { name: 'Check connection' }) !== null, 'stands for Reactivate too').toBe(sent.includes('check-connection'));
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
