import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { AWAY_KEY, GOOD_KEY, MockLicense, USED_UP_KEY } from '../../mock/license';
import { press, serverIs, show } from '../../test/against';
import { LicensePage } from './index';
import { forgetDrafts } from './Wizard';

beforeEach(forgetDrafts);

async function toTheKey() {
  await press('Next');
  await press('Next');
  return screen.findByLabelText<HTMLInputElement>('License key');
}

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
    expect((await screen.findByRole('timer')).textContent).toMatch(/^(2 h 00 min 00|1 h 59 min 5\d) s$/);
    expect(screen.getByRole('button', { name: 'Activate a license' })).toBeDefined();
  });
});
