/** The floating server's console API without a server behind it, with nothing, a little, or ten thousand of everything. */
import type { LeaseView, PoolView, ProductView, ReadOf, ReservationOrder } from '../floating-console/src/api';
import { armored, codesOf, daysFrom, usageLicenseFor, type Answered } from './license';

export interface FloatingScene {
  /** How the license stands; without one there is no pool. */
  license?: 'none' | 'requested' | 'installed' | 'ending' | 'released';
  amount?: 'nothing' | 'usual' | 'many';
  /** The vendor's server is named in the settings. */
  online?: boolean;
  entered?: boolean;
  setupNeeded?: boolean;
  role?: string;
  long?: boolean;
  /** A database that was restored, a pool that shrinks, an overdraft that runs. */
  troubled?: boolean;
}

export const KEY = 'FLOAT-WATER-PLANT-AKEYX-23456';
export const LICENSE = 'lic-4m8t2w6c';
const LONG = 'a-very-long-name-of-something-in-a-plant-'.repeat(5).slice(0, 200);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A request as the server writes it: what people compare on top, the document below. */
const serverInfo = (number: number, host: string) => `Host name:   ${host}\nHost ID:     HxA3kVd0r9wJm2sQe7TzLc5Yb8NfGu1P\nFingerprint: machine 1f3a9c, board 77b2e0, mac 03c4d5\nVersion:     0.1.0\nSeats:       25\n\n${armored('USAGE REQUEST', number, 19)}`;

export class MockFloating {
  entered: boolean;
  setupNeeded: boolean;
  license: NonNullable<FloatingScene['license']>;
  requests = 0;
  request: ProductView['request'];
  whenFull: 'refuse' | 'queue' = 'queue';
  reservations: ReservationOrder[];
  reclaimed = 1;
  emergencies = 2;
  overdraft: boolean;
  seats = 25;

  constructor(readonly scene: FloatingScene = {}, private readonly clock: () => number = Date.now) {
    this.entered = scene.entered ?? true;
    this.setupNeeded = scene.setupNeeded ?? false;
    this.license = scene.license ?? 'installed';
    this.overdraft = scene.troubled ?? false;
    if (this.license === 'requested') this.makeRequest(25, 4 * DAY);
    const some: ReservationOrder[] = [{ name: this.name('Control room'), kind: 'host', members: ['control-1', 'control-2'], seats: 2 }, { name: 'Water line', kind: 'group', members: [this.name('line-7-*'), 'line-8-*'], seats: 6 }];
    this.reservations = scene.amount === 'nothing' ? [] : some;
  }

  handle(method: string, path: string, body: unknown, query: URLSearchParams): Answered | undefined {
    const ok = (shown: unknown): Answered => ({ status: 200, body: shown });
    const pool = /^\/api\/pools\/[^/]+\/(.+)$/.exec(path)?.[1];
    const product = /^\/api\/products\/[^/]+\/(.+)$/.exec(path)?.[1];
    if (pool) return this.ofPool(`${method} ${pool}`, body, query);
    if (product) return this.ofProduct(`${method} ${product}`, body);
    switch (`${method} ${path}`) {
      case 'GET /api/session': return ok(this.session());
      case 'POST /api/setup':
        if ((body as { token: string }).token !== 'good-token') return this.refused(403, 'NOT_KNOWN', 'That is not the setup token of this start. The server tells it at its start, on standard output or in the file that its settings name.');
        this.setupNeeded = false;
        this.entered = true;
        return ok(this.session());
      case 'POST /api/session':
        if ((body as { password: string }).password !== 'correct horse') return this.refused(403, 'NOT_KNOWN', 'That name and that password do not belong together.');
        this.entered = true;
        return ok(this.session());
      case 'GET /api/overview': return ok(this.overview());
      case 'GET /api/server-info': return ok(this.serverInfo());
      case 'GET /api/users': return ok({ items: [{ name: 'admin', role: 'administrator', createdAt: this.at(-90 * DAY) }, { name: this.name('shift'), role: 'operator', createdAt: this.at(-4 * DAY) }] });
      case 'GET /api/audit': return ok(this.audit(query));
      default: return method === 'GET' ? undefined : ok({});
    }
  }

  private ofPool(asked: string, body: unknown, query: URLSearchParams): Answered | undefined {
    const ok = (shown: unknown): Answered => ({ status: 200, body: shown });
    if (/^POST leases\/[^/]+\/reclaims$/.test(asked)) {
      if (this.reclaimed >= 3) return this.refused(409, 'NOT_RECLAIMED', 'All 3 reclaims of 30 days are used. The seat comes back by itself when it has run out.');
      this.reclaimed++;
      return ok(this.pool());
    }
    switch (asked) {
      case 'GET leases': return ok(this.leases(query));
      case 'GET queue': return ok(this.whenFull === 'refuse' ? [] : Array.from({ length: this.count(3) }, (_, index) => ({ host: this.host(500 + index), hostName: this.name(`line-${90 + index}`), since: this.at(-60_000 * (20 - index)), features: ['mqtt-server', ...(index === 1 ? ['sparkplug'] : [])], place: index + 1 })).slice(0, 200));
      case 'PUT when-full':
        this.whenFull = (body as { whenFull: 'refuse' | 'queue' }).whenFull;
        return ok(this.pool());
      case 'GET reservations': return ok(this.reservations.map(one => ({ ...one, taken: Math.min(one.seats, 2) })));
      case 'PUT reservations':
        this.reservations = body as ReservationOrder[];
        return ok(this.reservations.map(one => ({ ...one, taken: 0 })));
      case 'POST emergencies':
        this.emergencies++;
        this.overdraft = true;
        return ok(this.pool());
      case 'GET history': return ok(this.history(Number(query.get('hours') ?? '24')));
      default: return undefined;
    }
  }

  private ofProduct(asked: string, body: unknown): Answered | undefined {
    const ok = (): Answered => ({ status: 200, body: this.product() });
    const order = (body ?? {}) as { key?: string; seats?: number; supersede?: boolean };
    const strange = order.key !== undefined && order.key.toUpperCase() !== KEY;
    switch (asked) {
      case 'POST usage-requests':
        if (strange) return this.refused(400, 'KEY_MALFORMED', 'A license key has 25 characters in five groups, such as ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2. Compare it with the one that the vendor gave.');
        if (this.request && !order.supersede) return this.refused(409, 'REQUEST_WAITING', 'A request of this server is on its way to the vendor already. A new one makes it worthless: the usage license that answers the old one can no longer be installed.');
        this.makeRequest(order.seats, 0);
        if (this.license === 'none') this.license = 'requested';
        return ok();
      case 'POST usage-licenses': {
        const { text } = body as { text: string };
        if (text !== usageLicenseFor(this.requests)) return this.refused(409, 'REFUSED', 'This usage license answers an older request of this server. Install the answer to the newest one.');
        this.install();
        return ok();
      }
      case 'POST activations':
        if (strange) return this.refused(503, 'NOT_REACHED', 'The vendor was not reached: connection refused. Nothing has changed, and trying again loses nothing.');
        this.install();
        return ok();
      case 'POST reactivations': return ok();
      case 'POST deactivations':
        this.license = 'released';
        return ok();
      default: return undefined;
    }
  }

  private makeRequest(seats: number | undefined, ago: number): void {
    this.requests++;
    this.request = { since: this.at(-ago), text: serverInfo(this.requests, this.name('licenses')), fileName: 'server-info-mqtt-server.txt', codes: codesOf(this.requests, 1_000), ...(seats === undefined ? {} : { seats }) };
  }

  private install(): void {
    this.license = 'installed';
    this.request = undefined;
  }

  private refused(status: number, code: string, detail: string): Answered {
    return { status, body: { title: 'Refused.', detail, code, status } };
  }

  private session() {
    return { setupNeeded: this.setupNeeded, ...(this.entered && !this.setupNeeded ? { user: { name: 'admin', role: this.scene.role ?? 'administrator' } } : {}), product: 'Floating License Server', version: '0.1.0' };
  }

  private at(milliseconds: number): string {
    return daysFrom(this.clock(), milliseconds);
  }

  private count(usual: number): number {
    return this.scene.amount === 'nothing' ? 0 : this.scene.amount === 'many' ? 10_000 : usual;
  }

  private name(usual: string): string {
    return this.scene.long ? `${usual}-${LONG}`.slice(0, 200) : usual;
  }

  private host(index: number): string {
    return Array.from({ length: 32 }, (_, at) => 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'[(index * 7919 + at * at * 31 + at * 17) % 55]).join('');
  }

  private licensed(): boolean {
    return this.license === 'installed' || this.license === 'ending';
  }

  product(): ProductView {
    const words = {
      none: { state: 'never-licensed', headline: 'Not licensed', meaning: 'No seat is handed out. Make a request for a floating license, or activate it over the network.' },
      requested: { state: 'never-licensed', headline: 'Waiting for the vendor', meaning: `The request was made {${this.request?.since ?? ''}}. Send it to the vendor and install the answer here.` },
      installed: { state: 'licensed', headline: 'Licensed', meaning: 'Seats are handed out.' },
      ending: { state: 'ending-soon', headline: `Licensed until {${this.at(12 * DAY)}}`, meaning: 'Seats are handed out. Ask the vendor for the renewal in good time, and install the answer.' },
      released: { state: 'released', headline: 'Given back', meaning: 'The vendor has not confirmed it yet. Send the release to the vendor.' },
    }[this.license];
    return {
      product: 'mqtt-server', ...words, online: this.scene.online ?? false,
      ...(this.licensed() ? { license: LICENSE, customer: this.customer(), ...(this.license === 'ending' ? { until: this.at(12 * DAY) } : {}) } : {}),
      ...(this.request ? { request: this.request } : {}),
      ...(this.license === 'released' ? { released: { at: this.at(-60_000), text: armored('RELEASE', 55, 14), fileName: 'deactivation-mqtt-server.txt', codes: codesOf(55, 640) } } : {}),
    };
  }

  private customer(): string {
    return this.scene.long ? `Zweckverband ${'Wasserversorgung-und-Abwasserentsorgung-'.repeat(4)}Süd`.slice(0, 200) : 'ACME Water';
  }

  pool(license = LICENSE, product = 'mqtt-server'): PoolView {
    const seats = this.scene.amount === 'many' ? 100_000 : this.seats;
    const taken = this.scene.amount === 'nothing' ? 0 : this.scene.amount === 'many' ? 100_000 : license === LICENSE ? 17 : 3;
    return {
      license, product, customer: this.customer(), seats, taken, free: seats - taken, queued: this.whenFull === 'refuse' ? 0 : this.count(3), deniedToday: this.count(2), peakToday: taken + (taken > 0 && taken < seats ? 4 : 0),
      ...(this.license === 'ending' ? { until: this.at(12 * DAY), graceUntil: this.at(26 * DAY) } : {}),
      features: [{ name: 'mqtt-server', taken }, { name: this.name('sparkplug'), seats: Math.min(seats, 5), taken: Math.min(taken, 5) }, { name: 'support', taken: Math.floor(taken / 2) }],
      lease: { renewEverySeconds: 300, degradedAfterSeconds: 3600, endSeconds: 259_200 }, allowance: { count: 3, days: 30, used: this.reclaimed },
      overdraft: { seats: 5, active: this.overdraft, ...(this.overdraft ? { until: this.at(20 * HOUR) } : {}) }, emergencyDays: { signed: 7, used: this.emergencies }, whenFull: this.whenFull,
      ...(this.scene.troubled ? { renewOnlyUntil: this.at(50 * HOUR), shrinking: { seats: 20, lastEnd: this.at(71 * HOUR) } } : {}),
    };
  }

  private overview(): ReadOf<'/api/overview'> {
    const pools = this.licensed() ? [this.pool(), ...(this.scene.amount === 'many' ? [this.pool('lic-9x2k5b7d', this.name('pump-control'))] : [])] : [];
    const alarms: ReadOf<'/api/overview'>['alarms'] = [];
    if (!this.licensed()) alarms.push({ code: 'no-license', severity: 'critical', since: this.at(-2 * HOUR), pool: 'mqtt-server', message: 'There is no license of mqtt-server here, so no seat of it is handed out. Make a request for it under License.' });
    if (this.license === 'ending') alarms.push({ code: 'license-ends', severity: 'warning', since: this.at(-2 * DAY), pool: LICENSE, message: `The license of mqtt-server ends {${this.at(12 * DAY)}}. Ask the vendor for its renewal.` });
    if (this.scene.amount === 'many') alarms.push({ code: 'nearly-full', severity: 'warning', since: this.at(-HOUR), pool: LICENSE, message: `All 100,000 seats of the pool ${LICENSE} (mqtt-server) are taken.` });
    if (this.scene.troubled) alarms.push({ code: 'clone-seen', severity: 'critical', since: this.at(-HOUR), pool: LICENSE, message: 'Two hosts seem to use one key: a product’s host folder was copied. The audit of the pool names the host.' });
    return { now: this.at(0), server: { hostName: this.name('licenses'), version: '0.1.0', startedAt: this.at(-51 * HOUR), address: `http://${this.scene.long ? `${LONG}.` : 'licenses.'}plant.example:16090`, tls: false }, products: [this.product()], pools, alarms };
  }

  private serverInfo(): ReadOf<'/api/server-info'> {
    return {
      hostName: this.name('licenses'), hostId: this.host(1), fingerprint: 'machine 1f3a9c88b20d, board 77b2e0aa31c4, mac 03c4d5e6f708', version: '0.1.0', now: this.at(0),
      products: [{ product: 'mqtt-server', hostId: this.host(1), ...(this.request ? { text: this.request.text, fileName: this.request.fileName, since: this.request.since } : {}) }],
    };
  }

  private lease(index: number): LeaseView {
    const state = index % 9 === 7 ? 'ending' : 'held';
    const renewed = -((index * 37) % 300) * 1000;
    return {
      host: this.host(index), hostName: this.name(`line-${index + 1}`), ...(index % 4 === 3 ? { slot: `cell-${index + 1}` } : {}), features: ['mqtt-server', ...(index < 5 ? ['sparkplug'] : [])], state, ...(index % 5 === 4 ? {} : { address: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}` }),
      acquiredAt: this.at(-index * HOUR - 600_000), renewedAt: this.at(renewed), endsAt: this.at(renewed + 3 * DAY), freeAt: this.at(renewed + 3 * DAY + 300_000),
    };
  }

  private leases(query: URLSearchParams): ReadOf<'/api/pools/{license}/leases'> {
    const search = (query.get('search') ?? '').toLowerCase();
    const state = query.get('state') ?? '';
    const from = Number(query.get('after') ?? '0');
    const limit = Number(query.get('limit') ?? '50');
    const total = this.count(17);
    const found: LeaseView[] = [];
    let at = from;
    for (; at < total && found.length < limit; at++) {
      const lease = this.lease(at);
      if ((state === '' || state === 'all' || state === lease.state) && `${lease.hostName ?? ''} ${lease.host} ${lease.slot ?? ''}`.toLowerCase().includes(search)) found.push(lease);
    }
    return { items: found, ...(at < total ? { next: String(at) } : {}) };
  }

  private history(hours: number): ReadOf<'/api/pools/{license}/history'> {
    const step = hours <= 48 ? 60 : hours <= 336 ? 900 : 3600;
    const steps = this.scene.amount === 'nothing' ? 1 : Math.floor((hours * 3600) / step);
    const start = Math.floor(this.clock() / 1000 / step) * step - steps * step;
    const { seats } = this.pool();
    const points = Array.from({ length: steps }, (_, index) => {
      const wave = (Math.sin((index / steps) * 12) + Math.sin(index / 17) / 4 + 1.2) / 2.5;
      const wanted = Math.round(seats * wave * 1.2);
      const beyond = Math.max(0, wanted - seats);
      return { at: new Date((start + index * step) * 1000).toISOString(), taken: wanted - beyond, queued: 3 * beyond, denied: beyond, seats };
    });
    // For a while the server did not run.
    return { step, points: points.filter((_, index) => index < steps * 0.6 || index > steps * 0.66) };
  }

  private audit(query: URLSearchParams): ReadOf<'/api/audit'> {
    const ofPool = query.get('pool');
    const total = this.count(8);
    return {
      items: Array.from({ length: Math.min(50, total) }, (_, index) => ofPool
        ? { number: total - index, at: this.at(-index * HOUR), who: this.host(index), action: ['acquired', 'released', 'expired', 'reclaimed'][index % 4]!, target: '', detail: index % 4 === 3 ? 'reason The cabinet burnt down on Sunday' : 'features mqtt-server sparkplug', address: '' }
        : { number: total - index, at: this.at(-index * HOUR), who: index === 3 ? '' : 'admin', action: ['POST /api/session', 'PUT /api/pools/{license}/reservations', 'POST /api/products/{product}/usage-licenses', 'POST /api/session'][index % 4]!, target: index % 4 === 1 ? LICENSE : '', status: index === 3 ? 403 : 200, detail: '', address: '10.0.0.9' }),
      ...(this.scene.amount === 'many' ? { next: '9950' } : {}),
    };
  }
}
