import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { MockLicense } from '../../mock/license';
import { CHECKOUT } from '../../mock/orders';
import { press, sent, serverIs, show } from '../../test/against';
import { buyer, item, leavingFor, order, sum, toTheItems } from '../../test/buying';
import { LicenseBanner, LicensePage } from './index';
import { isSafe } from './leaving';

const left = leavingFor();

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
