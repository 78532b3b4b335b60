import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { MockLicense } from '../../mock/license';
import { CHECKOUT } from '../../mock/orders';
import { press, sent, serverIs, show } from '../../test/against';
import { buyer, choose, item, leavingFor, order, sum, toTheItems } from '../../test/buying';
import { LicensePage } from './index';

const left = leavingFor();

describe('buying a license', () => {
  it('leads from the list to the payment page, and is licensed by itself after the payment', async () => {
    const mock = new MockLicense();
    const asked = serverIs(mock);
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server', 'MQTT Server Support');
    await buyer();
    await press('Purchase');
    expect(await (await order()).findByText('Waiting for the payment')).toBeDefined();
    expect(left).toEqual([CHECKOUT]);
    expect(sent(asked, '/orders')).toEqual([{
      items: [{ item: 'mqtt-server', count: 1 }, { item: 'mqtt-server-support', count: 1 }], currency: 'EUR', total: 140_000, name: 'ACME Water', email: 'water@acme.example', returnTo: window.location.href,
    }]);
    mock.orders.pay();
    expect(await (await order()).findByText('Your order is on its way')).toBeDefined();
    mock.orders.fulfil();
    expect(await (await order()).findByText('Your order has arrived')).toBeDefined();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Licensed to ACME Water');
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull();
  });

  it('says of each item what it costs and how it is charged, and of the sum what is due now and what later', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheItems();
    expect((await screen.findAllByRole('checkbox')).map(box => document.getElementById(box.getAttribute('aria-describedby')!.split(' ')[0]!)?.textContent)).toEqual(['€1,200.00once', '€200.00per year', '€800.00once', '€2.00for each 1,000 counted, monthly']);
    expect(await sum()).toBe('Nothing is chosen yet.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true);
    await userEvent.click(await item('MQTT Server Support'));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Years of MQTT Server Support' }), '3 years');
    await userEvent.click(await item('IoT Bridge for Snowflake'));
    expect(await sum()).toBe('Due now€600.00MQTT Server Support: 3 years, paid now. It is not renewed by itself.IoT Bridge for Snowflake: nothing now; each month €2.00 for each 1,000 counted.');
  });

  it('in another currency leaves out what is not sold in it, and sends that currency', async () => {
    const asked = serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheItems();
    await userEvent.click(await item('MQTT Server'));
    await userEvent.click(await item('Sparkplug Aware'));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Currency' }), 'USD');
    expect((await item('Sparkplug Aware')).disabled).toBe(true);
    expect(screen.getByText('Not sold in USD')).toBeDefined();
    expect(await sum()).toContain('US$1,300.00');
    await press('Next');
    await buyer();
    await press('Purchase');
    await order();
    expect(sent(asked, '/orders')).toMatchObject([{ items: [{ item: 'mqtt-server', count: 1 }], currency: 'USD', total: 130_000 }]);
  });

  it('has the only item chosen already, asks for no currency where there is one, and goes on at Enter', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed', sold: 'one' }));
    show(<LicensePage />);
    await toTheItems();
    expect((await item('MQTT Server')).checked).toBe(true);
    expect(screen.queryByRole('combobox', { name: 'Currency' })).toBeNull();
    await press('Next');
    await buyer('ACME Water', 'water@acme.example{Enter}');
    await order();
    expect(sent(asked, '/orders')).toHaveLength(1);
  });

  it('keeps with Back what was chosen and typed', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheItems();
    await choose('Sparkplug Aware');
    await buyer('ACME', 'a@b.example');
    await press('Back');
    expect((await item('Sparkplug Aware')).checked).toBe(true);
    await press('Back');
    expect((await screen.findByLabelText<HTMLInputElement>(/I need to purchase a license/)).checked).toBe(true);
    await press('Next');
    await press('Next');
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'E-mail' })).value).toBe('a@b.example');
  });

  it('sends no address that mail cannot have', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server');
    await buyer('ACME', 'water.example');
    await userEvent.tab();
    expect(screen.getByText(/looks like name@company.example/)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Purchase' }).disabled).toBe(true);
  });

  it('shows what the vendor says of an address that mail cannot reach, and orders after it was changed', async () => {
    serverIs(new MockLicense());
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server');
    await buyer('ACME', 'water@acme.invalid');
    await press('Purchase');
    expect(await screen.findByText(/give one that works/)).toBeDefined();
    const field = screen.getByRole('textbox', { name: 'E-mail' });
    await userEvent.clear(field);
    await userEvent.type(field, 'water@acme.example');
    await press('Purchase');
    await order();
  });

  it('at a price that has changed meanwhile is asked for again, with the new price and the old one', async () => {
    const mock = new MockLicense();
    const asked = serverIs(mock);
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server');
    await buyer();
    mock.orders.priceIs('mqtt-server', 'EUR', 150_000);
    await press('Purchase');
    expect(await screen.findByText('MQTT Server: €1,500.00 by now; it was €1,200.00.')).toBeDefined();
    expect(await sum()).toContain('€1,500.00');
    expect(left).toEqual([]);
    await press('Purchase');
    await order();
    expect(sent(asked, '/orders')).toMatchObject([{ total: 120_000 }, { total: 150_000 }]);
  });

  it('of what was withdrawn meanwhile says so, and goes on with the rest', async () => {
    const mock = new MockLicense();
    const asked = serverIs(mock);
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server', 'Sparkplug Aware');
    await buyer();
    mock.orders.withdraw('sparkplug');
    await press('Purchase');
    expect(await screen.findByText('Not sold any more: Sparkplug Aware.')).toBeDefined();
    expect(await sum()).toContain('€1,200.00');
    await press('Purchase');
    await order();
    expect(sent(asked, '/orders')[1]).toMatchObject({ items: [{ item: 'mqtt-server', count: 1 }], total: 120_000 });
  });

  it('while another order is under way shows that one', async () => {
    const mock = new MockLicense();
    serverIs(mock);
    show(<LicensePage />);
    await toTheItems();
    await choose('MQTT Server');
    await buyer();
    mock.orders.order = new MockLicense({ state: 'never-licensed', order: 'look' }).orders.order;
    await press('Purchase');
    expect(await (await order()).findByText('Paid; the vendor looks at it first')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Purchase' })).toBeNull();
  });

  it('finds one among many by words of its title', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', sold: 'many' }));
    show(<LicensePage />);
    await toTheItems();
    await userEvent.click(await item('MQTT Server 5'));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find' }), 'snowflake 12');
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.click(await item('IoT Bridge for Snowflake 12'));
    expect(screen.getByText('Chosen: MQTT Server 5, IoT Bridge for Snowflake 12.')).toBeDefined();
  });

  it('where nothing is sold says whom to ask', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', sold: 'nothing' }));
    show(<LicensePage />);
    await toTheItems();
    expect(await screen.findByText(/Ask sales@vendor.example/)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true);
    expect(screen.getByRole('button', { name: 'Back' })).toBeDefined();
  });

  it('while the vendor is away says why, and can be tried again', async () => {
    const away = new MockLicense({ state: 'never-licensed', sold: 'away' });
    const here = new MockLicense();
    let reached = false;
    serverIs({ handle: (method, path, body) => (reached ? here : away).handle(method, path, body) });
    show(<LicensePage />);
    await toTheItems();
    expect(await screen.findByText(/The vendor was not reached/)).toBeDefined();
    reached = true;
    await press('Try again');
    expect(await item('MQTT Server')).toBeDefined();
  });

  it('tells who has a letter under way what the purchase does to it, on every page before it is bought', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', requested: true }));
    show(<LicensePage />);
    await press('Back');
    await press('Back');
    await press('Back');
    await toTheItems();
    expect(await screen.findByText(/waits for its answer/)).toBeDefined();
    await choose('MQTT Server');
    expect(screen.getByText(/a usage license that answers it will be refused here/)).toBeDefined();
  });

  it('at a test checkout says on every page that no money moves', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', checkout: 'test' }));
    show(<LicensePage />);
    await toTheItems();
    expect(await screen.findByText('Test checkout: no money moves.')).toBeDefined();
    await choose('MQTT Server');
    expect(await screen.findByText('Test checkout: no money moves.')).toBeDefined();
  });
});
