import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { MockLicense } from '../../mock/license';
import { press, sent, serverIs, show } from '../../test/against';
import { buyer, choose, item, leavingFor, order, sum } from '../../test/buying';
import { LicensePage } from './index';

leavingFor();

describe('upgrading', () => {
  it('offers what is not licensed and support, for the license of this server, and shows what is new without a reload', async () => {
    const mock = new MockLicense({ state: 'licensed' });
    const asked = serverIs(mock);
    show(<LicensePage />);
    await press('Upgrade License');
    expect((await screen.findAllByRole('checkbox')).map(box => document.getElementById(box.getAttribute('aria-labelledby')!)?.textContent)).toEqual(['MQTT Server Support', 'Sparkplug Aware']);
    expect(screen.getByText('Licensed already: MQTT Server, IoT Bridge for Snowflake.')).toBeDefined();
    expect(screen.getByText(/It is added to license/).textContent).toContain('lic-7f3k2m9q');
    await choose('Sparkplug Aware');
    await buyer();
    await press('Purchase');
    expect(await (await order()).findByText('Waiting for the payment')).toBeDefined();
    expect(sent(asked, '/orders')).toMatchObject([{ items: [{ item: 'sparkplug', count: 1 }], total: 80_000 }]);
    expect(screen.queryByRole('button', { name: 'Upgrade License' }), 'one order at a time').toBeNull();
    mock.orders.pay();
    mock.orders.fulfil();
    expect(await (await order()).findByText('Your order has arrived')).toBeDefined();
    expect(within(screen.getByRole('region', { name: 'Features and meters' })).getByText('Sparkplug Aware')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Reactivate' }), 'by hand as before').toBeDefined();
  });

  it('of a server that has everything says so', async () => {
    serverIs(new MockLicense({ state: 'licensed', sold: 'held' }));
    show(<LicensePage />);
    await press('Upgrade License');
    expect(await screen.findByText('There is nothing more to buy')).toBeDefined();
    await press('Back to the status');
    expect(await screen.findByRole('button', { name: 'Upgrade License' })).toBeDefined();
  });

  it('that was begun is forgotten with the license', async () => {
    serverIs(new MockLicense({ state: 'licensed' }));
    show(<LicensePage />);
    await press('Upgrade License');
    await item('Sparkplug Aware');
    await press('Deactivate');
    await press('Deactivate this server');
    expect(await screen.findByRole('radiogroup', { name: 'Getting Started' })).toBeDefined();
  });
});

describe('support', () => {
  it('is extended by an upgrade of the license', async () => {
    serverIs(new MockLicense({ state: 'licensed', support: 'ended' }));
    show(<LicensePage />);
    await press('Extend support');
    expect((await item('MQTT Server Support')).checked, 'it is what was asked for').toBe(true);
    expect((await item('Sparkplug Aware')).checked).toBe(false);
    expect(await sum()).toContain('€200.00');
    expect(screen.queryByRole('button', { name: 'Extend support' })).toBeNull();
    await userEvent.click(await item('MQTT Server Support'));
    expect(await sum(), 'it may be left out').toBe('Nothing is chosen yet.');
  });

  it('that is not sold says whom to ask', async () => {
    const mock = new MockLicense({ state: 'licensed', support: 'ended' });
    mock.orders.withdraw('mqtt-server-support');
    serverIs(mock);
    show(<LicensePage />);
    await press('Extend support');
    expect(await screen.findByText('Support is not sold on this page. Ask support@vendor.example.')).toBeDefined();
  });

  it.each([['running', /^Until .*\(in 128 days\)/, /each one that is released until then/], ['ended', /^Ended .*\(40 days ago\)/, /released before support ended/], ['uncovered', /^Ended/, /after support ended/], ['security', /^Ended/, /security update/]] as const)(
    'that is %s says until when, and what that means for the version that runs', async (support, when, means) => {
      serverIs(new MockLicense({ state: 'licensed', support }));
      show(<LicensePage />);
      const region = await screen.findByRole('region', { name: 'Support' });
      expect(within(region).getByText(/^(Until|Ended)$/).textContent).toMatch(when);
      expect(region.textContent).toMatch(means);
    });
});
