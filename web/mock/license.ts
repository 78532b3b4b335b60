/**
 * A License page's REST API without a license behind it: a small state machine that speaks the contract. For looking at pages and for their tests;
 * it is part of no product.
 */
import type { LicenseDocument, KeyVerdict, LetterCheck, NewActivation, NewRequest, NewSeat, Seat, ServerLook, UsageRequest, WaitsForSeat } from '../license-page/src/api';
import { MockOrders, type OrderScene, type Sold, type SupportScene } from './orders';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const GOOD_KEY = 'ACMEW-ATER2-PLANT-AKEYX-23456';
export const USED_UP_KEY = 'USEDU-PXXXX-XXXXX-XXXXX-22222';
export const OFFLINE_KEY = 'HEREX-WATER-PLANT-AKEYX-23456';
export const AWAY_KEY = 'AWAYX-XXXXX-XXXXX-XXXXX-33333';
const KEYS = [GOOD_KEY, USED_UP_KEY, AWAY_KEY, OFFLINE_KEY];

const AWAY = 'The vendor was not reached: the name licenses.example is not known here. Check the network or the proxy, then try again.';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Something that looks like a document in text form; what it says is in its words only. */
export function armored(words: string, seed: number, lines: number): string {
  const line = (index: number) => Array.from({ length: 64 }, (_, at) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[(seed * 7919 + index * 104_729 + at * at * 31 + at * 17) % 64]).join('');
  return `-----BEGIN CHARTER ${words}-----\n${Array.from({ length: lines }, (_, index) => line(index)).join('\n')}\n-----END CHARTER ${words}-----\n`;
}

/** A code's text, or its parts, as long as a real document's. */
export function codesOf(seed: number, characters: number, parts = 1, before = ''): string[] {
  const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const piece = (part: number) => Array.from({ length: characters }, (_, at) => base32[(seed * 7919 + part * 104_729 + at * at * 31 + at * 17) % 32]).join('');
  return Array.from({ length: parts }, (_, part) => `${before}CHARTER/${part + 1}/${parts}/ERJ7JSTW/${piece(part)}`);
}

export const PORTAL = 'https://licensing.vendor.example/portal/';
/** The answer to the request of that number; for another number it is refused as superseded. */
export const usageLicenseFor = (request: number) => armored('USAGE LICENSE', request, 31).replace('BEGIN CHARTER USAGE LICENSE-----\n', `BEGIN CHARTER USAGE LICENSE-----\nREQUEST${request}\n`);
export const ACKNOWLEDGEMENT = armored('RELEASE', 77, 18).replace('RELEASE-----\n', 'RELEASE-----\nACKNOWLEDGED\n');
export const FOR_ANOTHER_HOST = armored('USAGE LICENSE', 99, 31);

/** License servers as the mock knows them; at any other address nobody answers. */
export const SERVER = 'http://licenses.plant.example:16090';
export const SPARE_SERVER = 'http://spare.plant.example:16090';
export const FULL_SERVER = 'http://full.plant.example:16090';
export const FOREIGN_SERVER = 'http://other-vendor.plant.example:16090';
const LONG_SERVER = `https://${'license-server-of-the-waterworks-'.repeat(5)}south.example:16090`;

/** How it stands with a seat of a license server: held, held while the server is away, in the same but settings locked, in the same after its end, or waited for. */
export type SeatScene = 'held' | 'away' | 'locked' | 'over' | 'waits';

const ANOTHER_WAITS: Answered = {
  status: 409, body: { title: 'A request waits', detail: 'A usage request waits for its answer already. A new one makes it worthless, wherever it is.', code: 'REQUEST_WAITING' },
};

export type Shown = LicenseDocument['state'] | 'waiting';

export interface Scene {
  state: Shown;
  /** A name of 200 characters, in each place where a name can be. */
  long?: boolean;
  /** A license for hosts that are cut off, on a server that reaches nobody. */
  offline?: boolean;
  /** A usage request waits for its answer; an update, where a license is installed. */
  requested?: boolean;
  /** The vendor does not answer over the network. */
  away?: boolean;
  /** Nobody has told the product where the vendor is. */
  withoutVendor?: boolean;
  /** A license server lends the seat. */
  seat?: SeatScene;
  /** The seat is a leased license's: the vendor lends it, over the internet. */
  leased?: boolean;
  /** What can be bought; absent: the usual. */
  sold?: Sold;
  checkout?: 'test' | 'stripe';
  /** Something was ordered. */
  order?: OrderScene;
  support?: SupportScene;
}

export interface Answered {
  status: number;
  body: unknown;
}

export class MockLicense {
  state: Shown;
  trialEnds = 0;
  features = ['mqtt-server', 'support'];
  activationsUsed = 1;
  behindTheVendorsBack: string[] = [];
  released: LicenseDocument['released'];
  readonly long: boolean;
  readonly offline: boolean;
  readonly withoutVendor: boolean;
  readonly away: boolean;
  /** The number of the request that counts. */
  requests = 0;
  request: UsageRequest | undefined;
  seat: SeatScene | undefined;
  readonly leased: boolean;
  readonly orders: MockOrders;
  private servers = [SERVER, SPARE_SERVER];
  /** What was released is a seat: the license server knows it, nobody has to send anything. */
  private givenBack = false;
  private slot: string | undefined;

  constructor(scene: Scene = { state: 'never-licensed' }, private readonly clock: () => number = Date.now) {
    this.state = scene.state;
    this.long = scene.long ?? false;
    this.offline = scene.offline ?? false;
    this.withoutVendor = scene.withoutVendor ?? false;
    this.away = scene.away ?? false;
    this.seat = scene.seat;
    this.leased = scene.leased ?? false;
    if (this.leased) this.servers = ['https://licenses.example'];
    else if (this.long) this.servers = [LONG_SERVER, SPARE_SERVER];
    if (this.state === 'trial') this.trialEnds = this.clock() + 1.7 * HOUR;
    if (this.state === 'released') this.release();
    this.orders = new MockOrders({ ...scene, upgrade: this.installed() }, {
      features: () => this.features, license: () => this.installed(), at: milliseconds => this.at(milliseconds),
      arrive: features => {
        this.features = [...new Set([...(this.installed() ? this.features : []), ...features])];
        this.state = 'licensed';
      },
    });
    if (scene.requested) this.newRequest({}, 6 * DAY);
  }

  handle(method: string, path: string, body: unknown): Answered | undefined {
    switch (`${method} ${path}`) {
      case 'GET /api/license': return this.ok(this.document());
      case 'POST /api/license/key-checks': return this.ok(checkKey((body as { text: string }).text));
      case 'POST /api/license/activations': return this.activate(body as NewActivation);
      case 'POST /api/license/reactivations': return this.reactivate();
      case 'POST /api/license/pool-looks': return this.ok({ servers: (body as { servers: string[] }).servers.map(url => this.look(url)) });
      case 'POST /api/license/seats': return this.takeSeat(body as NewSeat);
      case 'POST /api/license/deactivations':
        if (this.seat) {
          if (this.seat === 'waits') this.state = 'never-licensed';
          else this.release();
          this.seat = undefined;
          this.givenBack = this.state === 'released';
          return this.ok({ outcome: 'deactivated', message: 'The seat is free.', license: this.document() });
        }
        this.release();
        return this.ok({ outcome: 'deactivated', message: 'Deactivated.', license: this.document() });
      case 'POST /api/license/usage-requests': return this.makeRequest(body as NewRequest);
      case 'POST /api/license/letter-checks': return this.ok(checkLetter((body as { text: string }).text));
      case 'POST /api/license/usage-licenses': return this.install((body as { text: string }).text);
      case 'POST /api/license/trials':
        this.state = 'trial';
        this.trialEnds = this.clock() + 2 * HOUR;
        return this.ok(this.document());
      case 'POST /api/license/emergencies':
        this.state = 'emergency';
        return this.ok({ outcome: 'started', message: 'An emergency day was started.', license: this.document() });
      default: return this.orders.handle(method, path, body);
    }
  }

  private installed(): boolean {
    return !['never-licensed', 'trial', 'trial-over', 'waiting', 'released', 'damaged'].includes(this.state);
  }

  /** The vendor adds a feature; the next reactivation brings it. */
  vendorAdds(feature: string): void {
    this.behindTheVendorsBack.push(feature);
  }

  private ok(body: unknown): Answered {
    return { status: 200, body };
  }

  private activate(of: NewActivation): Answered {
    const key = checkKey(of.key).groups.join('-');
    if (this.request && !of.supersede) return ANOTHER_WAITS;
    this.request = undefined;
    if (key === GOOD_KEY) {
      this.state = 'licensed';
      this.released = undefined;
      return this.ok({ outcome: 'activated', message: 'Activated.', changes: [], license: this.document() });
    }
    if (key === AWAY_KEY) {
      return this.ok({ outcome: 'unreachable', code: undefined, message: AWAY, retryAfterSeconds: 30, changes: [], license: this.document() });
    }
    return this.ok({ outcome: 'refused', code: 'ACTIVATIONS_EXHAUSTED', message: 'All 3 activations of this license are in use. Deactivate a server that no longer needs it, or ask the vendor for more.', changes: [], license: this.document() });
  }

  private look(url: string): ServerLook {
    const features = [
      { name: 'mqtt-server', title: this.long ? `MQTT Server ${'for-all-plants-'.repeat(12)}` : 'MQTT Server', free: url === FULL_SERVER ? 0 : 2 }, { name: 'support', title: 'MQTT Server Support' },
      ...(url === SPARE_SERVER ? [] : [{ name: 'sparkplug', title: 'Sparkplug Aware', free: 0 }]),
    ];
    const pool = { license: 'lic-4m8t2w6c', seats: 5, free: url === FULL_SERVER ? 0 : 2, until: this.at(200 * DAY), features };
    switch (url) {
      case SERVER: case SPARE_SERVER: case FULL_SERVER: case LONG_SERVER: return { url, reachable: true, trusted: true, pools: [pool] };
      case FOREIGN_SERVER: return { url, reachable: true, trusted: false, message: 'This license server has licenses of another vendor. Ask its administrator which one is for MQTT Server.', pools: [] };
      default: return { url, reachable: false, trusted: false, message: `Nobody answers at ${url}: connection refused. Check the address, and that the license server runs.`, pools: [] };
    }
  }

  private takeSeat(of: NewSeat): Answered {
    const answer = (outcome: string, message: string, code?: string) => this.ok({ outcome, message, code, changes: [], license: this.document() });
    const looks = of.servers.map(url => this.look(url)).filter(look => look.pools.length > 0);
    if (looks.length === 0) return answer('not-reached', 'No license server was reached. This server is as before.');
    this.servers = of.servers;
    this.slot = of.slot;
    if (looks.every(look => look.pools.every(pool => pool.free === 0))) {
      this.seat = 'waits';
      return answer('waits-for-seat', 'All 5 seats are taken.', 'NO_SEAT_FREE');
    }
    if (of.features?.length === 1 && of.features[0] === 'sparkplug') return answer('refused', 'The pool has no free seat with Sparkplug Aware. Take one without it, or wait.', 'NO_SEAT_FREE');
    this.seat = 'held';
    this.state = 'licensed';
    this.features = of.features ?? ['mqtt-server', 'support', 'sparkplug'];
    return answer('activated', 'A seat was taken.');
  }

  private heldSeat(): Seat | undefined {
    if (!this.seat || this.seat === 'waits') return undefined;
    const since = this.seat === 'held' ? -2 * 60_000 : this.seat === 'away' ? -20 * 60_000 : this.seat === 'over' ? -75 * HOUR : -2 * HOUR;
    const profile = this.leased ? { renewEverySeconds: 30, degradedAfterSeconds: 120, endAfterSeconds: 600 } : { renewEverySeconds: 300, degradedAfterSeconds: 3600, endAfterSeconds: 259_200 };
    const sent = this.leased ? -12_000 : since;
    return {
      issuer: this.leased ? 'authority' : 'floating-server', servers: this.servers, server: this.servers[0]!, ...(this.slot || this.long ? { slot: this.slot ?? 'mqtt-for-line-'.repeat(4) } : {}), features: [...this.features], ...profile,
      lastRenewal: this.at(sent), nextRenewal: this.at(sent + profile.renewEverySeconds * 1000), degradedAt: this.at(sent + profile.degradedAfterSeconds * 1000), endsAt: this.at(sent + profile.endAfterSeconds * 1000), away: this.seat !== 'held',
    };
  }

  private waitsForSeat(): WaitsForSeat | undefined {
    if (this.seat !== 'waits') return undefined;
    return { since: this.at(-4 * 60_000), message: `All 5 seats of ${this.customer()} are taken. This server has place 2 in the queue.`, retryAt: this.at(42_000), servers: this.servers };
  }

  private makeRequest(of: NewRequest): Answered {
    if (of.key !== undefined && checkKey(of.key).verdict !== 'complete') return { status: 400, body: { title: 'No license key', detail: 'This is no license key.', code: 'KEY_MALFORMED' } };
    if (of.key === AWAY_KEY) return { status: 409, body: { title: 'Not possible', detail: 'The folder for the license cannot be written: the disk is full. Free some space, then try again.', code: 'REQUEST_NOT_POSSIBLE' } };
    if (this.request && !of.supersede) return ANOTHER_WAITS;
    this.newRequest(of, 0);
    return this.ok(this.document());
  }

  private newRequest(of: NewRequest, ago: number): void {
    const update = of.key === undefined && !['never-licensed', 'trial', 'trial-over', 'released'].includes(this.state);
    const host = this.long ? 'a-host-with-a-name-'.repeat(10).slice(0, 200) : 'plant-a';
    this.requests++;
    this.request = {
      since: this.at(-ago), update, ...(update ? { licenseId: 'lic-7f3k2m9q' } : {}), text: armored('USAGE REQUEST', this.requests, 21), fileName: `usage-request-${host}.txt`,
      codes: codesOf(this.requests, 1_000, 1, this.withoutVendor ? '' : `${PORTAL}#`),
      ...(this.withoutVendor ? {} : { mailto: `mailto:support@vendor.example?subject=Usage%20request%20of%20${host}`, supportEmail: 'support@vendor.example', portalUrl: PORTAL }),
    };
  }

  private install(text: string): Answered {
    const answer = (outcome: string, message: string, more: object = {}) => this.ok({ outcome, message, changes: [], ...more, license: this.document() });
    if (text.includes('ACKNOWLEDGED') && this.released) {
      this.released = { ...this.released, acknowledged: true };
      return answer('acknowledged', 'The vendor has confirmed the deactivation.');
    }
    const number = /REQUEST(\d+)/.exec(text)?.[1];
    if (number === undefined) return answer('not-possible', 'This usage license is for another host: plant-b. Upload it there; this one needs the answer to its own request.');
    if (Number(number) !== this.requests) return answer('refused', 'This usage license answers an older request of this host. Upload the answer to the newest one.', { code: 'REQUEST_SUPERSEDED' });
    const changes = this.request?.update ? [{ kind: 'feature-added', text: 'Sparkplug Aware was added' }] : [];
    if (changes.length > 0) this.features.push('sparkplug');
    this.state = 'licensed';
    this.request = undefined;
    this.released = undefined;
    return answer('activated', 'Activated.', { changes });
  }

  private reactivate(): Answered {
    if (this.seat === 'waits') return this.ok({ outcome: 'waits-for-seat', message: 'All 5 seats are still taken. This server keeps its place.', code: 'NO_SEAT_FREE', changes: [], license: this.document() });
    if (this.seat && this.seat !== 'held') return this.ok({ outcome: 'unreachable', message: `Nobody answers at ${this.servers.join(' or ')}: connection refused. The seat is kept; it is tried again by itself.`, changes: [], license: this.document() });
    if (this.away) return this.ok({ outcome: 'unreachable', message: AWAY, changes: [], license: this.document() });
    const added = this.behindTheVendorsBack.splice(0);
    this.features.push(...added);
    this.state = 'licensed';
    return this.ok({ outcome: 'activated', message: added.length === 0 ? 'The license was fetched again; nothing has changed.' : 'The license was fetched again.', changes: added.map(name => ({ kind: 'feature-added', text: `${TITLES[name] ?? name} was added` })), license: this.document() });
  }

  private release(): void {
    this.state = 'released';
    this.released = {
      licenseId: 'lic-7f3k2m9q', at: new Date(this.clock() - 3 * 60_000).toISOString(), proof: armored('RELEASE', 55, 14), acknowledged: !this.offline,
      fileName: 'deactivation-lic-7f3k2m9q.txt', codes: codesOf(55, 640, 1, this.withoutVendor ? '' : `${PORTAL}#`), ...(this.withoutVendor ? {} : { mailto: 'mailto:support@vendor.example?subject=Deactivation%20of%20plant-a' }),
    };
  }

  private at(milliseconds: number): string {
    return daysFrom(this.clock(), milliseconds).replace(/\.\d+Z/, 'Z');
  }

  private customer(): string {
    return this.long ? `Zweckverband ${'Wasserversorgung-und-Abwasserentsorgung-'.repeat(4)}Süd`.slice(0, 200) : 'ACME Water';
  }

  document(): LicenseDocument {
    if (this.state === 'trial' && this.clock() >= this.trialEnds) this.state = 'trial-over';
    const words = this.words();
    if (this.request) words.actions = ['upload-usage-license', 'show-request', ...words.actions];
    if (this.request?.update) words.meaning += `. The usage request of {${this.request.since}} waits for its answer`;
    const has = this.installed();
    const inForce = ['licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind'].includes(this.state);
    return {
      product: 'mqtt-server', productTitle: 'MQTT Server', state: this.state === 'waiting' ? 'never-licensed' : this.state, licensed: inForce || this.state === 'trial',
      configurationLocked: ['grace', 'degraded'].includes(this.state), now: new Date(this.clock()).toISOString(), code: undefined, ...words,
      license: has ? {
        id: 'lic-7f3k2m9q', type: this.leased ? 'leased' : this.seat ? 'floating' : this.offline ? 'offline' : 'online', customer: this.customer(), issuedAt: this.at(-90 * DAY), from: this.at(-90 * DAY), graceDays: 14,
        until: ['ending-soon'].includes(this.state) ? this.at(12 * DAY) : ['grace', 'ended', 'emergency'].includes(this.state) ? this.at(-3 * DAY) : undefined,
        supportUntil: this.orders.support()?.until ?? this.at(128 * DAY), activationsUsed: this.activationsUsed, activationsTotal: 3,
        features: this.features.map(name => ({ name, title: this.long ? `${TITLES[name] ?? name} ${'for-all-plants-'.repeat(12)}` : TITLES[name] ?? name, until: undefined, active: inForce })),
        meters: [{ name: 'snowflake-messages', title: 'IoT Bridge for Snowflake', unit: 'messages', limit: 1_000_000, until: this.at(200 * DAY), active: inForce }],
        emergencyDaysSigned: 7, emergencyDaysUsed: this.state === 'emergency' ? 3 : 0,
      } : undefined,
      moments: {
        trialEnds: this.state === 'trial' ? new Date(this.trialEnds).toISOString() : undefined,
        ends: this.state === 'ending-soon' ? this.at(12 * DAY) : undefined,
        dataUntil: this.state === 'degraded' ? (this.heldSeat()?.endsAt ?? this.at(30 * HOUR)) : this.state === 'grace' ? this.at(11 * DAY) : undefined,
        dayEnds: this.state === 'emergency' ? this.at(17.5 * HOUR) : undefined,
      },
      host: {
        name: this.long ? 'a-host-with-a-name-'.repeat(10).slice(0, 200) : 'plant-a', keyId: 'HxA3kVd0r9wJm2sQe7TzLc5Yb8NfGu1P',
        marks: ['machine', 'board', 'disk', 'mac', 'cpu'].map(name => ({ name, matches: !(this.state === 'other-machine' && ['board', 'disk', 'cpu'].includes(name)) })),
      },
      contact: {
        lastAnswer: has && !this.offline ? this.at(-2 * HOUR) : undefined,
        unreachable: this.state === 'degraded' ? 'The vendor was not reached at http://licenses.example: connection refused.' : undefined,
        behind: false, authority: this.offline ? undefined : 'http://licenses.example',
      },
      order: this.orders.order, support: this.orders.support(),
      seat: this.heldSeat(), waitsForSeat: this.waitsForSeat(),
      released: this.released,
      waiting: this.state === 'waiting' ? { since: this.at(-5 * 60_000), byLetter: false } : this.request ? { since: this.request.since, byLetter: true } : undefined,
      usageRequest: this.request,
      reactivationAdvice: this.offline ? `This license is updated by letter. Make a usage request for an update, send it to the vendor, and upload the usage license that comes back.${inForce ? ' The license stays in force meanwhile.' : ''}` : undefined,
      trial: { available: true, duration: 'PT2H' },
      methods: [
        { id: 'online', available: !this.offline, needs: 'This server reaches the vendor over the internet, now and at each Reactivate.' },
        { id: 'offline', available: true, needs: 'A letter to the vendor and one back, by mail, portal or phone: for servers without internet.' },
        { id: 'floating', available: true, needs: 'A license server in your own network that lends seats. This server asks it regularly, and gives the seat back when it stops.' },
      ],
      gettingStarted: [{ id: 'have-license', available: true }, { id: 'purchase', available: true }, { id: 'trial', available: true }],
      notices: has ? [{ at: this.at(-2 * HOUR), message: 'The license was fetched; nothing had changed.' }, { at: this.at(-90 * DAY), message: `Activated for ${this.customer()}.` }] : [],
      vendor: this.withoutVendor ? { name: 'Demo Vendor' } : { name: this.long ? `Vendor ${'of-many-things-'.repeat(13)}` : 'Demo Vendor', supportEmail: 'support@vendor.example', supportUrl: undefined, portalUrl: PORTAL },
    };
  }

  private words(): { headline: string; meaning: string; actions: LicenseDocument['actions']; code?: string } {
    const left = Math.max(1, Math.ceil((this.trialEnds - this.clock()) / 60_000));
    if (this.state === 'never-licensed' && this.request) {
      return { headline: 'Waiting for the usage license', meaning: `The request of {${this.request.since}} is the one that counts`, actions: ['activate', 'start-trial'] };
    }
    const { order } = this.orders;
    const without = !this.installed() && this.state !== 'trial';
    if (order && without && order.state === 'open') return { headline: 'This server is not licensed', meaning: 'MQTT clients are refused until it is. An order waits for its payment', actions: ['show-order', 'activate', 'start-trial'] };
    if (order && without && ['look', 'paid', 'fulfilled'].includes(order.state)) return { headline: 'Your order is on its way', meaning: `Paid at {${order.paidAt ?? order.createdAt}}; the license follows by itself`, actions: ['show-order', 'activate', 'start-trial'] };
    const seat = this.heldSeat();
    if (this.seat === 'waits') return { headline: 'Waiting for a seat: place 2 in the queue', meaning: 'MQTT clients are refused until one is free; it is taken by itself', actions: ['deactivate', 'start-trial'], code: 'NO_SEAT_FREE' };
    if (seat && this.seat === 'held' && this.state === 'licensed') return { headline: `Licensed to ${this.customer()}`, meaning: `MQTT Server, with a seat of ${this.leased ? 'the vendor' : 'the license server'}. It is renewed by itself`, actions: ['reactivate', 'deactivate'] };
    if (seat && this.seat === 'away') return { headline: `License server not reached since {${this.at(-15 * 60_000)}}`, meaning: `Full work until {${seat.degradedAt}}, data until {${seat.endsAt}}`, actions: ['check-connection', 'reactivate', 'deactivate'] };
    if (seat && this.seat === 'over') return { headline: `The lease ended on {${seat.endsAt}}`, meaning: `MQTT clients are refused. 7 emergency days are left. Nobody answers at ${this.servers.join(' or ')}: connection refused. A seat is asked for again by itself`, actions: ['check-connection', 'start-emergency', 'reactivate', 'deactivate', 'start-trial'] };
    if (seat && this.seat === 'locked' && this.state !== 'emergency') return { headline: `License server not reached since {${this.at(-115 * 60_000)}}`, meaning: `Data still flows until {${seat.endsAt}}; settings are locked`, actions: ['check-connection', 'start-emergency', 'deactivate'] };
    switch (this.state) {
      case 'never-licensed': return { headline: 'This server is not licensed', meaning: 'MQTT clients are refused until it is', actions: ['activate', 'start-trial'] };
      case 'trial': return { headline: `Trial: ${left >= 60 ? `${Math.floor(left / 60)} h ` : ''}${left % 60} min left`, meaning: `Everything that can be tried works until {${new Date(this.trialEnds).toISOString()}}`, actions: ['activate'] };
      case 'trial-over': return { headline: 'The trial has ended', meaning: `MQTT clients are refused since {${this.at(-10 * 60_000)}}`, actions: ['activate', 'start-trial'] };
      case 'waiting': return { headline: 'Waiting for the usage license', meaning: `The request of {${this.at(-5 * 60_000)}} has no answer yet; it is sent again by itself`, actions: ['activate', 'check-connection', 'start-trial'] };
      case 'licensed': return { headline: `Licensed to ${this.customer()}`, meaning: `MQTT Server, perpetual. Support ${this.orders.support()?.ended ? 'ended' : 'until'} {${this.orders.support()?.until ?? this.at(128 * DAY)}}`, actions: ['reactivate', 'deactivate'] };
      case 'ending-soon': return { headline: 'The license ends in 12 days', meaning: `On {${this.at(12 * DAY)}} MQTT clients will be refused after a grace of 14 days`, actions: ['contact-vendor', 'reactivate', 'deactivate'] };
      case 'grace': return { headline: `The license ended on {${this.at(-3 * DAY)}}`, meaning: `Data still flows until {${this.at(11 * DAY)}}; settings are locked. 7 emergency days are left`, actions: ['contact-vendor', 'reactivate', 'deactivate', 'start-emergency'] };
      case 'emergency': return { headline: 'Running on emergency days: 3 of 7 used', meaning: `Started by admin on {${this.at(-6.5 * HOUR)}}; reported at the next contact. This day ends {${this.at(17.5 * HOUR)}}`, actions: ['reactivate', 'contact-vendor'] };
      case 'degraded': return { headline: `The lease was not renewed since {${this.at(-2 * HOUR)}}`, meaning: `Data still flows until {${this.at(30 * HOUR)}}; settings are locked`, actions: ['check-connection', 'reactivate', 'start-emergency'] };
      case 'clock-behind': return { headline: 'The clock stands before the license was issued', meaning: 'It says {2020-01-03T00:00:00Z}. Everything works; set the clock, then reactivate', actions: ['reactivate', 'deactivate'] };
      case 'not-started': return { headline: `The license begins {${this.at(5 * DAY)}}`, meaning: 'MQTT clients are refused until then', code: 'LICENSE_NOT_STARTED', actions: ['reactivate', 'deactivate', 'start-trial'] };
      case 'ended': return { headline: `The license ended on {${this.at(-3 * DAY)}}`, meaning: `MQTT clients are refused. ${this.offline ? 'An update by letter' : 'Reactivate'} fetches what the vendor has changed.`, code: 'LICENSE_EXPIRED', actions: ['contact-vendor', 'reactivate', 'deactivate', 'start-emergency', 'start-trial'] };
      case 'suspended': return { headline: 'This license was suspended by the vendor', meaning: 'The invoice 2026-114 is not paid. Write to accounts@vendor.example', code: 'LICENSE_SUSPENDED', actions: ['contact-vendor', 'reactivate', 'deactivate'] };
      case 'revoked': return { headline: 'This license was revoked by the vendor', meaning: 'The order was taken back on 3 November', code: 'LICENSE_REVOKED', actions: ['contact-vendor', 'activate', 'reactivate', 'deactivate'] };
      case 'fenced': return { headline: 'This activation was released or taken over elsewhere', meaning: 'Another host holds it since 14:02', code: 'RELEASED', actions: ['activate', 'contact-vendor'] };
      case 'released':
        if (this.givenBack) return { headline: 'Deactivated; this server holds no seat', meaning: 'The seat is free for another one. None is taken until somebody chooses one', actions: ['activate', 'start-trial'] };
        return {
        headline: 'Deactivated; here is the code that proves it',
        meaning: this.released?.acknowledged ? 'The vendor has confirmed it; the activation is free for another server' : 'Send it to the vendor, so that the license can be used elsewhere; it is also sent by itself when the vendor is reached', actions: ['show-proof', 'activate', 'start-trial'],
      };
      case 'other-machine': return { headline: 'This license belongs to another machine', meaning: '2 of 5 marks match (board, cpu, disk differ); 3 must', code: 'HOST_MISMATCH', actions: ['activate', 'contact-vendor', 'start-trial'] };
      default: return { headline: 'The license on this server is damaged', meaning: 'Both copies of the license file cannot be read. Activate this server again with the license key; it takes no second activation', actions: ['activate', 'start-trial'] };
    }
  }
}

/** So long after that moment, or before it. Whole days are days of a calendar, also where one of them has 23 or 25 hours: tests name their number. */
export function daysFrom(now: number, milliseconds: number): string {
  const moment = new Date(now);
  const days = Math.trunc(milliseconds / DAY);
  moment.setDate(moment.getDate() + days);
  return new Date(moment.getTime() + milliseconds - days * DAY).toISOString();
}

const TITLES: Record<string, string> = { 'mqtt-server': 'MQTT Server', support: 'MQTT Server Support', sparkplug: 'Sparkplug Aware' };

/** Not the real arithmetic of license keys: three keys are known here, any other one that is all there counts as mistyped. */
export function checkKey(text: string): KeyVerdict {
  const found = KEYS.find(key => text.toUpperCase().includes(key));
  const letters = found ? found.replaceAll('-', '') : text.toUpperCase().replaceAll(/[\s-]/g, '').slice(0, 25);
  const groups = letters.match(/.{1,5}/g) ?? [];
  const strange = [...letters].flatMap((letter, index) => (ALPHABET.includes(letter) ? [] : [{ group: Math.floor(index / 5), position: index % 5 }]));
  if (strange.length > 0) return { verdict: 'mistyped', groups, wrong: strange, message: 'No license key has the marked characters.' };
  if (letters.length < 25) return { verdict: 'incomplete', groups, wrong: [], message: `${25 - letters.length} characters are missing.` };
  if (KEYS.includes(groups.join('-'))) return { verdict: 'complete', groups, wrong: [], message: 'This is a complete license key.' };
  const near = KEYS.map(key => key.split('-').map((group, index) => (group === groups[index] ? -1 : index)).filter(place => place >= 0)).find(different => different.length === 1);
  return { verdict: 'mistyped', groups, wrong: near?.map(group => ({ group, position: 4 })) ?? [], message: near ? `A character of group ${near[0]! + 1} is mistyped.` : 'A character is mistyped.' };
}

/** Tells kinds of documents apart by their words only. */
export function checkLetter(text: string): LetterCheck {
  const kind = /BEGIN CHARTER ([A-Z ]+?)-/.exec(text)?.[1];
  const codes = [...text.matchAll(/CHARTER\/(\d+)\/(\d+)\//g)];
  if (codes.length > 0) {
    const parts = Number(codes[0]![2]);
    const here = new Set(codes.map(code => Number(code[1])));
    const missing = Array.from({ length: parts }, (_, index) => index + 1).filter(part => !here.has(part));
    if (missing.length > 0) return { kind: 'parts', installable: false, message: `${here.size} of ${parts} parts are here. ${missing.length === 1 ? `Part ${missing[0]} is` : `Parts ${missing.join(', ')} are`} still missing: scan them in any order.`, missing, parts };
    return { kind: 'usage-license', installable: true, message: 'This is a usage license.' };
  }
  if (KEYS.some(key => text.includes(key))) return { kind: 'license-key', installable: false, message: 'This is a license key. Choose Generate Usage Request and enter it there; the usage license is what comes back.' };
  if (kind && !text.includes('END CHARTER')) return { kind: 'unreadable', installable: false, message: 'The end of the document is missing: copy all of it, with the line that begins with -----END.' };
  switch (kind) {
    case 'USAGE LICENSE': return { kind: 'usage-license', installable: true, message: 'This is a usage license.' };
    case 'USAGE REQUEST': return { kind: 'usage-request', installable: false, message: 'This is a usage request; the usage license is the answer to it. Send the request to the vendor first.' };
    case 'RELEASE': return text.includes('ACKNOWLEDGED') ? { kind: 'acknowledgement', installable: true, message: 'This confirms a deactivation.' } : { kind: 'release', installable: false, message: 'This is a deactivation code. Send it to the vendor.' };
    default: return { kind: 'unreadable', installable: false, message: 'There is no license document in this text. It begins with a line like -----BEGIN CHARTER USAGE LICENSE-----.' };
  }
}
