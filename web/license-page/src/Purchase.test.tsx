import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MockLicense } from '../../mock/license';
import { CHECKOUT } from '../../mock/orders';
import { press, sent, serverIs, show } from '../../test/against';
import { LicenseBanner, LicensePage } from './index';
import { isSafe, leaving } from './leaving';
import { forgetDrafts } from './Wizard';

let left: string[];

beforeEach(() => {
  forgetDrafts();
  left = [];
  vi.spyOn(leaving, 'to').mockImplementation(address => { left.push(address); });
});

const item = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
const sum = async () => (await screen.findByRole('status', { name: 'Sum' })).textContent;
const order = async () => within(await screen.findByRole('region', { name: 'Your order' }));

async function toTheItems() {
  await userEvent.click(await screen.findByLabelText(/I need to purchase a license/));
  await press('Next');
}

async function buyer(name = 'ACME Water', email = 'water@acme.example') {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), name);
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), email);
}

async function choose(...names: string[]) {
  for (const name of names) await userEvent.click(await item(name));
  await press('Next');
}

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

describe('an order', () => {
  it('that waits for its payment leads to the payment page, and goes on at the next visit', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed', order: 'open' }));
    show(<LicensePage />);
    expect((await (await order()).findByRole('link', { name: 'Go on to the payment' })).getAttribute('href')).toBe(CHECKOUT);
    await waitFor(() => expect(sent(asked, '/order-looks')).toHaveLength(1));
    expect(left, 'nobody is sent anywhere without having asked for it').toEqual([]);
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull();
  });

  it('opens no payment page that is not encrypted', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'unsafe' }));
    show(<LicensePage />);
    expect(await (await order()).findByText(/leads to encrypted addresses only/)).toBeDefined();
    expect(screen.queryByRole('link', { name: 'Go on to the payment' })).toBeNull();
  });

  it.each([['https://licenses.example/v1/checkouts/1', true], ['http://localhost:16080/v1', true], ['http://127.0.0.1:16080/v1', true], ['http://[::1]/v1', true], ['http://licenses.example/v1', false], ['javascript:alert(1)', false],
    ['data:text/html,x', false], ['http://127.0.0.1.evil.example/', false], ['https://user:word@licenses.example/', false], ['/v1/checkouts/1', false], ['', false]])('is paid at %s: %s', (address, safe) => {
    expect(isSafe(address)).toBe(safe);
  });

  async function cancel() {
    await press('Cancel the order');
    const question = within(await screen.findByRole('dialog', { name: 'Cancel this order?' }));
    expect(question.getByText(/Nothing was paid, so nothing is lost/)).toBeDefined();
    await userEvent.click(question.getByRole('button', { name: 'Cancel the order' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Your order' })).toBeNull());
  }

  it.each(['never-licensed', 'licensed'] as const)('of a server that is %s is cancelled after a question, and what was chosen is kept, to be changed', async state => {
    serverIs(new MockLicense({ state, order: 'open' }));
    show(<LicensePage />);
    await cancel();
    expect((await item('MQTT Server Support')).checked).toBe(true);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Years of MQTT Server Support' }).value).toBe('2');
    expect((await item('Sparkplug Aware')).checked).toBe(false);
  });

  it('that is cancelled is ordered again by the same buyer, who types nothing twice', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed', sold: 'one' }));
    show(<LicensePage />);
    await toTheItems();
    await press('Next');
    await buyer('ACME', 'a@b.example');
    await press('Purchase');
    await cancel();
    await press('Next');
    await press('Purchase');
    await order();
    const [first, second] = sent(asked, '/orders');
    expect(second).toEqual(first);
    expect(second).toMatchObject({ name: 'ACME', email: 'a@b.example' });
  });

  it('that is cancelled while another way to a license is gone leaves that way as it is', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'open' }));
    show(<LicensePage />);
    await press('Activate a license');
    await press('Next');
    await press('Next');
    await userEvent.type(await screen.findByLabelText('License key'), 'ACMEW');
    await cancel();
    expect(screen.getByLabelText<HTMLInputElement>('License key').value).toBe('ACMEW');
  });

  it.each([['open', 'test', true], ['paid', 'test', true], ['fulfilled', 'test', true], ['closed', 'test', false], ['open', 'stripe', false]] as const)('that is %s, at the checkout %s, says that no money moves: %s', async (scene, checkout, says) => {
    serverIs(new MockLicense({ state: 'never-licensed', order: scene, checkout }));
    show(<LicensePage />);
    expect((await order()).queryByText('Test checkout: no money moves.') !== null).toBe(says);
  });

  it('that was paid while it was being cancelled says why it goes on', async () => {
    const mock = new MockLicense({ state: 'never-licensed', order: 'open' });
    serverIs(mock);
    show(<LicensePage />);
    await press('Cancel the order');
    const question = within(await screen.findByRole('dialog', { name: 'Cancel this order?' }));
    mock.orders.pay();
    await userEvent.click(question.getByRole('button', { name: 'Cancel the order' }));
    expect(await screen.findByText(/The order is paid already/)).toBeDefined();
  });

  it('that was cancelled or expired says that nothing was bought, and starts again with the same selection', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'closed' }));
    show(<LicensePage />);
    expect(await (await order()).findByText('Nothing was bought')).toBeDefined();
    await press('Order again');
    expect((await item('MQTT Server')).checked).toBe(true);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Years of MQTT Server Support' }).value).toBe('2');
    expect(await sum()).toContain('€1,600.00');
    await press('Next');
    await buyer();
    await press('Purchase');
    expect(await (await order()).findByText('Waiting for the payment')).toBeDefined();
  });

  it('that takes long says since when, and that the page may be left', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'lost' }));
    show(<LicensePage />);
    expect(await (await order()).findByText(/It has taken 56 min so far. You may leave this page/)).toBeDefined();
    expect((await order()).getByText(/The vendor was not reached/)).toBeDefined();
    expect(within((await order()).getByRole('list', { name: 'Steps of the order' })).getAllByRole('listitem').find(step => step.getAttribute('aria-current') === 'step')?.textContent).toBe('3License');
  });

  it('that is issued and cannot be activated here says why, and can be put away', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'stuck' }));
    show(<LicensePage />);
    expect(await (await order()).findByText('What was bought is not in use here yet')).toBeDefined();
    expect((await order()).getByText(/all its activations are in use/)).toBeDefined();
    await press('Dismiss');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Your order' })).toBeNull());
  });

  it('can wait while another way is taken: a trial, or a key', async () => {
    serverIs(new MockLicense({ state: 'never-licensed', order: 'look' }));
    show(<LicensePage />);
    await press('Start a trial');
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/^Trial/));
    expect(await (await order()).findByText('Paid; the vendor looks at it first')).toBeDefined();
  });

  it('whose money went back says that it was taken back', async () => {
    serverIs(new MockLicense({ state: 'suspended', order: 'withheld' }));
    show(<LicensePage />);
    expect(await (await order()).findByText('What was ordered was taken back')).toBeDefined();
  });

  it('that has arrived stays until somebody dismisses it', async () => {
    serverIs(new MockLicense({ state: 'licensed', order: 'fulfilled' }));
    show(<LicensePage />);
    expect(await (await order()).findByText('Your order has arrived')).toBeDefined();
    await press('Dismiss');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Your order' })).toBeNull());
  });

  it('is seen, and changed by nobody who may only look', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed', order: 'open' }));
    show(<LicensePage mayChange={false} />);
    await order();
    for (const name of ['Ask now', 'Cancel the order']) expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Go on to the payment' })).toBeNull();
    expect(sent(asked, '/order-looks')).toEqual([]);
  });

  it('is the headline of the banner while it is on its way, also where a license is in force', async () => {
    const mock = new MockLicense({ state: 'licensed', order: 'paid' });
    serverIs(mock);
    show(<LicenseBanner />);
    expect(await screen.findByText('Your order is on its way')).toBeDefined();
    mock.orders.fulfil();
    await waitFor(() => expect(screen.queryByText('Your order is on its way')).toBeNull());
  });
});

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
