/** What can be bought, and the order of it, without an authority behind: the part of the mock License page that sells. */
import type { NewOrder, Offer, Offers, Order, Support } from '../license-page/src/api';
import type { Answered } from './license';

/** What is sold: nothing at all, one thing, the usual four, so many that one has to look, nothing that is not licensed; or the vendor is not reached. */
export type Sold = 'nothing' | 'one' | 'usual' | 'many' | 'held' | 'away';
/** How far an order is; `sending`: not at the vendor yet; `withheld`: its money went back; `lost`: paid long ago, and the vendor is away; `stuck`: issued, and not to be activated here. */
export type OrderScene = 'sending' | 'open' | 'look' | 'paid' | 'fulfilled' | 'withheld' | 'closed' | 'lost' | 'stuck' | 'unsafe';
export type SupportScene = 'running' | 'ended' | 'uncovered' | 'security';

export const CHECKOUT = 'https://licenses.example/v1/checkouts/ord-5k8d2m4t';
const LICENSE = 'lic-7f3k2m9q';
const DAY = 86_400_000;

interface Held {
  /** The features that are licensed here. */
  features: () => readonly string[];
  /** The license in force here, or none. */
  license: () => boolean;
  /** What was bought is in force. */
  arrive: (features: readonly string[]) => void;
  at: (milliseconds: number) => string;
}

interface Selling {
  sold?: Sold | undefined;
  checkout?: 'test' | 'stripe' | undefined;
  order?: OrderScene | undefined;
  /** The order adds to a license. */
  upgrade?: boolean | undefined;
  long?: boolean | undefined;
  support?: SupportScene | undefined;
}

export class MockOrders {
  order: Order | undefined;
  offers: Offer[];
  private readonly checkout: Offers['checkout'];
  private readonly away: boolean;
  private features: string[] = [];

  constructor(private readonly of: Selling, private readonly held: Held) {
    const sold = of.sold ?? 'usual';
    this.offers = offersOf(sold, of.long ?? false);
    this.checkout = sold === 'nothing' ? 'none' : of.checkout ?? 'stripe';
    this.away = sold === 'away';
    if (of.order) this.begin(of.order, of.upgrade ?? false);
  }

  handle(method: string, path: string, body: unknown): Answered | undefined {
    switch (`${method} ${path}`) {
      case 'GET /api/license/offers': return { status: 200, body: this.list() };
      case 'POST /api/license/orders': return this.take(body as NewOrder);
      case 'POST /api/license/order-looks': return this.order ? { status: 200, body: this.order } : no(404, 'There is no order here.');
      case 'DELETE /api/license/order':
        if (this.order?.state === 'paid' || this.order?.state === 'look') return no(409, 'The order is paid already; the license is on its way. Ask the vendor for the money back.');
        this.order = undefined;
        return { status: 204, body: undefined };
      default: return undefined;
    }
  }

  /** The buyer pays; with `look` a person at the vendor looks first. */
  pay(next: 'paid' | 'look' = 'paid'): void {
    this.become({ state: next, message: MESSAGES[next], paidAt: this.held.at(-4_000), checkout: undefined });
  }

  /** The license is issued or upgraded, and the product fetches it. */
  fulfil(): void {
    this.become({ state: 'fulfilled', message: MESSAGES.fulfilled, license: LICENSE, done: true });
    this.held.arrive(this.features);
  }

  close(): void {
    this.become({ state: 'closed', message: MESSAGES.closed, checkout: undefined, done: true });
  }

  /** The vendor changes a price, by the item's ID. */
  priceIs(id: string, currency: string, amount: number): void {
    this.offers = this.offers.map(offer => (offer.id === id ? { ...offer, prices: offer.prices.map(price => (price.currency === currency ? { currency, amount } : price)) } : offer));
  }

  withdraw(id: string): void {
    this.offers = this.offers.filter(offer => offer.id !== id);
  }

  support(): Support | undefined {
    switch (this.of.support) {
      case 'running': return { until: this.held.at(128 * DAY), ended: false, covers: true, message: 'This version is covered. So is each one that is released until then.' };
      case 'ended': return { until: this.held.at(-40 * DAY), ended: true, covers: true, message: 'This version was released before support ended, and stays covered. Newer ones need support; security updates do not.' };
      case 'uncovered': return { until: this.held.at(-40 * DAY), ended: true, covers: false, message: `This version was released {${this.held.at(-12 * DAY)}}, after support ended. Everything works; extend the support to be covered again.` };
      case 'security': return { until: this.held.at(-40 * DAY), ended: true, covers: true, message: 'This version is a security update: those are for everybody, with or without support.' };
      default: return undefined;
    }
  }

  private become(next: Partial<Order>): void {
    if (this.order) this.order = { ...this.order, ...next };
  }

  private list(): Offers {
    if (this.away) return { checkout: 'stripe', reachable: false, message: 'The vendor was not reached: the name licenses.example is not known here. Check the network or the proxy, then try again.', upgrade: false, items: [] };
    if (this.checkout === 'none') return { checkout: 'none', reachable: true, message: 'Licenses like this one are not sold on this page. Ask sales@vendor.example.', upgrade: false, items: [] };
    const features = this.held.features();
    const upgrade = this.held.license();
    const items = this.offers.map(offer => ({ ...offer, licensed: upgrade && offer.kind !== 'support' && (this.of.sold === 'held' || [...offer.features, ...offer.meters].every(one => features.includes(one.name) || one.name === 'snowflake-messages')) }));
    return { checkout: this.checkout, reachable: true, upgrade, ...(upgrade ? { license: LICENSE } : {}), items: this.of.sold === 'held' ? items.filter(offer => offer.licensed) : items };
  }

  private take(of: NewOrder): Answered {
    const chosen = of.items.map(line => ({ ...line, offer: this.offers.find(offer => offer.id === line.item) }));
    const price = (offer: Offer) => offer.prices.find(one => one.currency === of.currency)?.amount ?? 0;
    const gone = chosen.find(line => !line.offer);
    if (this.order && !['closed', 'fulfilled'].includes(this.order.state)) return no(409, 'Another order of this server is under way already.');
    if (gone) return no(409, `"${gone.item}" is not offered any more. Look at the list again, then decide.`);
    const total = chosen.reduce((sum, { offer, count }) => sum + (offer && offer.kind !== 'metered' ? price(offer) * count : 0), 0);
    if (total !== of.total) return no(412, `The price is ${total / 100}.00 ${of.currency} by now. Look at the list again, then decide.`);
    if (of.email.endsWith('.invalid')) return no(400, 'Mail cannot be sent to this e-mail address. The license key goes there, so give one that works.');
    this.features = chosen.flatMap(line => line.offer?.features.map(feature => feature.name) ?? []);
    this.order = {
      id: 'ord-5k8d2m4t', state: 'open', message: MESSAGES.open, checkout: CHECKOUT, test: this.checkout === 'test', upgrade: this.held.license(), withheld: false, currency: of.currency, total, createdAt: this.held.at(0), reachable: true, done: false,
      items: chosen.flatMap(({ offer, count }) => (offer ? [{ item: offer.id, title: offer.title, count, amount: price(offer) }] : [])),
    };
    return { status: 200, body: this.order };
  }

  private begin(scene: OrderScene, upgrade: boolean): void {
    const [first, second] = this.offers;
    this.features = upgrade ? ['sparkplug'] : ['mqtt-server', 'support'];
    const lines = [first, second].flatMap((offer, index) => (offer ? [{ item: offer.id, title: offer.title, count: index + 1, amount: offer.prices[0]?.amount ?? 0 }] : []));
    const state: Order['state'] = scene === 'sending' || scene === 'unsafe' ? 'open' : scene === 'withheld' || scene === 'stuck' ? 'fulfilled' : scene === 'lost' ? 'paid' : scene;
    const paid = ['look', 'paid', 'fulfilled'].includes(state);
    this.order = {
      ...(scene === 'sending' ? {} : { id: 'ord-5k8d2m4t' }), state, test: this.checkout === 'test', upgrade, withheld: scene === 'withheld', message: scene === 'withheld' || scene === 'sending' || scene === 'stuck' ? MESSAGES[scene] : MESSAGES[state],
      ...(scene === 'open' ? { checkout: CHECKOUT } : scene === 'unsafe' ? { checkout: 'http://pay.example/ord-5k8d2m4t' } : {}), ...(state === 'fulfilled' ? { license: LICENSE } : {}),
      items: lines, currency: 'EUR', total: lines.reduce((sum, line) => sum + line.amount * line.count, 0), createdAt: this.held.at(scene === 'lost' ? -3_600_000 : -90_000),
      ...(paid ? { paidAt: this.held.at(scene === 'lost' || scene === 'stuck' ? -3_400_000 : -4_000) } : {}), lastAsked: this.held.at(-3_000), reachable: scene !== 'lost' && scene !== 'sending', ...(scene === 'lost' || scene === 'sending' ? { unreachable: 'The vendor was not reached: the name licenses.example is not known here.' } : {}), done: state === 'fulfilled' && scene !== 'stuck' || state === 'closed',
    };
  }
}

const MESSAGES = {
  open: 'The order waits for its payment.',
  look: 'The order was paid. The vendor looks at it before the license is issued; that can take a working day. Nothing else is to be done.',
  paid: 'The order was paid. The license follows by itself in a moment.',
  fulfilled: 'The license is there. It is activated by itself, and its key is on its way by e-mail.',
  closed: 'The order was not paid, or was cancelled. Nothing was bought; order again if you want to.',
  withheld: 'The money went back to the buyer, so what was bought cannot be used any more. Ask the vendor\'s support if that is not right.',
  stuck: 'The license is there, and could not be activated: all its activations are in use. Ask the vendor\'s support.',
  sending: 'The vendor was not reached when it was ordered: connection refused. The order is kept and sent again by itself.',
};

function no(status: number, detail: string): Answered {
  return { status, body: { title: 'Not possible', detail } };
}

function offersOf(sold: Sold, long: boolean): Offer[] {
  const tail = long ? ` ${'for-all-plants-of-the-waterworks-'.repeat(5)}` : '';
  const usual: Offer[] = [
    { id: 'mqtt-server', title: `MQTT Server${tail}`, description: 'Plain MQTT 3.1.1 and 5, TLS and WebSocket.', kind: 'once', features: [{ name: 'mqtt-server', title: 'MQTT Server' }], meters: [], mostAtOnce: 1, prices: [{ currency: 'EUR', amount: 120_000 }, { currency: 'USD', amount: 130_000 }], licensed: false },
    { id: 'mqtt-server-support', title: `MQTT Server Support${tail}`, description: 'Answers within a working day, and every update that is released meanwhile.', kind: 'support', features: [], meters: [], mostAtOnce: 10, prices: [{ currency: 'EUR', amount: 20_000 }, { currency: 'USD', amount: 22_000 }], licensed: false },
    { id: 'sparkplug', title: `Sparkplug Aware${tail}`, description: 'Births and deaths of Sparkplug B 3.0, kept for who comes later.', kind: 'once', features: [{ name: 'sparkplug', title: 'Sparkplug Aware' }], meters: [], mostAtOnce: 1, prices: [{ currency: 'EUR', amount: 80_000 }], licensed: false },
    { id: 'snowflake', title: `IoT Bridge for Snowflake${tail}`, description: 'Writes messages into tables of Snowflake.', kind: 'metered', features: [], meters: [{ name: 'snowflake-messages', title: 'Messages' }], units: 1_000, mostAtOnce: 1, prices: [{ currency: 'EUR', amount: 200 }, { currency: 'USD', amount: 220 }], licensed: false },
  ];
  switch (sold) {
    case 'nothing': return [];
    case 'one': return usual.slice(0, 1).map(offer => ({ ...offer, prices: offer.prices.slice(0, 1) }));
    case 'many': return Array.from({ length: 40 }, (_, index) => ({ ...usual[index % 4]!, id: `item-${index}`, title: `${usual[index % 4]!.title} ${index + 1}`, features: [{ name: `feature-${index}`, title: `Feature ${index}` }] }));
    default: return usual;
  }
}
