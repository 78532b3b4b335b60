/**
 * A License page's REST API without a license behind it: a small state machine that speaks the contract. For looking at pages and for their tests;
 * it is part of no product.
 */
import type { LicenseDocument, KeyVerdict } from '../license-page/src/api';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const GOOD_KEY = 'ACMEW-ATER2-PLANT-AKEYX-23456';
export const USED_UP_KEY = 'USEDU-PXXXX-XXXXX-XXXXX-22222';
export const AWAY_KEY = 'AWAYX-XXXXX-XXXXX-XXXXX-33333';
const KEYS = [GOOD_KEY, USED_UP_KEY, AWAY_KEY];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const PROOF = `-----BEGIN CHARTER RELEASE-----
${Array.from({ length: 14 }, (_, line) => 'eNqFkMFuwjAMhl8F5cyqpi0UetvELjtMmjZph2mHNHEhom2ixEUgxLvPCR2MA9sxtvN9v50j24'.replace(/e/g, String.fromCharCode(97 + line))).join('\n')}
-----END CHARTER RELEASE-----
`;

export type Shown = LicenseDocument['state'] | 'waiting';

export interface Scene {
  state: Shown;
  /** A name of 200 characters, in each place where a name can be. */
  long?: boolean;
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

  constructor(scene: Scene = { state: 'never-licensed' }, private readonly clock: () => number = Date.now) {
    this.state = scene.state;
    this.long = scene.long ?? false;
    if (this.state === 'trial') this.trialEnds = this.clock() + 1.7 * HOUR;
    if (this.state === 'released') this.release();
  }

  handle(method: string, path: string, body: unknown): Answered | undefined {
    switch (`${method} ${path}`) {
      case 'GET /api/license': return this.ok(this.document());
      case 'POST /api/license/key-checks': return this.ok(checkKey((body as { text: string }).text));
      case 'POST /api/license/activations': return this.activate((body as { key: string }).key);
      case 'POST /api/license/reactivations': return this.reactivate();
      case 'POST /api/license/deactivations':
        this.release();
        return this.ok({ outcome: 'deactivated', message: 'Deactivated.', license: this.document() });
      case 'POST /api/license/trials':
        this.state = 'trial';
        this.trialEnds = this.clock() + 2 * HOUR;
        return this.ok(this.document());
      case 'POST /api/license/emergencies':
        this.state = 'emergency';
        return this.ok({ outcome: 'started', message: 'An emergency day was started.', license: this.document() });
      default: return undefined;
    }
  }

  /** The vendor adds a feature; the next reactivation brings it. */
  vendorAdds(feature: string): void {
    this.behindTheVendorsBack.push(feature);
  }

  private ok(body: unknown): Answered {
    return { status: 200, body };
  }

  private activate(text: string): Answered {
    const key = checkKey(text).groups.join('-');
    if (key === GOOD_KEY) {
      this.state = 'licensed';
      this.released = undefined;
      return this.ok({ outcome: 'activated', message: 'Activated.', changes: [], license: this.document() });
    }
    if (key === AWAY_KEY) {
      return this.ok({ outcome: 'unreachable', code: undefined, message: 'The vendor was not reached: the name licenses.example is not known here. Check the network or the proxy, then try again.', retryAfterSeconds: 30, changes: [], license: this.document() });
    }
    return this.ok({ outcome: 'refused', code: 'ACTIVATIONS_EXHAUSTED', message: 'All 3 activations of this license are in use. Deactivate a server that no longer needs it, or ask the vendor for more.', changes: [], license: this.document() });
  }

  private reactivate(): Answered {
    const added = this.behindTheVendorsBack.splice(0);
    this.features.push(...added);
    this.state = 'licensed';
    return this.ok({ outcome: 'activated', message: added.length === 0 ? 'The license was fetched again; nothing has changed.' : 'The license was fetched again.', changes: added.map(name => ({ kind: 'feature-added', text: `${TITLES[name] ?? name} was added` })), license: this.document() });
  }

  private release(): void {
    this.state = 'released';
    this.released = { licenseId: 'lic-7f3k2m9q', at: new Date(this.clock() - 3 * 60_000).toISOString(), proof: PROOF, acknowledged: true };
  }

  private at(milliseconds: number): string {
    return new Date(Math.floor((this.clock() + milliseconds) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  }

  private customer(): string {
    return this.long ? `Zweckverband ${'Wasserversorgung-und-Abwasserentsorgung-'.repeat(4)}Süd`.slice(0, 200) : 'ACME Water';
  }

  document(): LicenseDocument {
    if (this.state === 'trial' && this.clock() >= this.trialEnds) this.state = 'trial-over';
    const words = this.words();
    const has = !['never-licensed', 'trial', 'trial-over', 'waiting', 'released', 'damaged'].includes(this.state);
    const inForce = ['licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind'].includes(this.state);
    return {
      product: 'mqtt-server', productTitle: 'MQTT Server', state: this.state === 'waiting' ? 'never-licensed' : this.state, licensed: inForce || this.state === 'trial',
      configurationLocked: ['grace', 'degraded'].includes(this.state), now: new Date(this.clock()).toISOString(), code: undefined, ...words,
      license: has ? {
        id: 'lic-7f3k2m9q', type: 'online', customer: this.customer(), issuedAt: this.at(-90 * DAY), from: this.at(-90 * DAY), graceDays: 14,
        until: ['ending-soon'].includes(this.state) ? this.at(12 * DAY) : ['grace', 'ended', 'emergency'].includes(this.state) ? this.at(-3 * DAY) : undefined,
        supportUntil: this.at(128 * DAY), activationsUsed: this.activationsUsed, activationsTotal: 3,
        features: this.features.map(name => ({ name, title: this.long ? `${TITLES[name] ?? name} ${'for-all-plants-'.repeat(12)}` : TITLES[name] ?? name, until: undefined, active: inForce })),
        meters: [{ name: 'snowflake-messages', title: 'IoT Bridge for Snowflake', unit: 'messages', limit: 1_000_000, until: this.at(200 * DAY), active: inForce }],
        emergencyDaysSigned: 7, emergencyDaysUsed: this.state === 'emergency' ? 3 : 0,
      } : undefined,
      moments: {
        trialEnds: this.state === 'trial' ? new Date(this.trialEnds).toISOString() : undefined,
        ends: this.state === 'ending-soon' ? this.at(12 * DAY) : undefined,
        dataUntil: this.state === 'degraded' ? this.at(30 * HOUR) : this.state === 'grace' ? this.at(11 * DAY) : undefined,
        dayEnds: this.state === 'emergency' ? this.at(17.5 * HOUR) : undefined,
      },
      host: {
        name: this.long ? 'a-host-with-a-name-'.repeat(10).slice(0, 200) : 'plant-a', keyId: 'HxA3kVd0r9wJm2sQe7TzLc5Yb8NfGu1P',
        marks: ['machine', 'board', 'disk', 'mac', 'cpu'].map(name => ({ name, matches: !(this.state === 'other-machine' && ['board', 'disk', 'cpu'].includes(name)) })),
      },
      contact: {
        lastAnswer: has ? this.at(-2 * HOUR) : undefined,
        unreachable: this.state === 'degraded' ? 'The vendor was not reached at http://licenses.example: connection refused.' : undefined,
        behind: false, authority: 'http://licenses.example',
      },
      released: this.released,
      waiting: this.state === 'waiting' ? { since: this.at(-5 * 60_000), byLetter: false } : undefined,
      trial: { available: true, duration: 'PT2H' },
      methods: [
        { id: 'online', available: true, needs: 'This server reaches the vendor over the internet, now and at each Reactivate.' },
        { id: 'offline', available: false, needs: 'A letter to the vendor and one back: for servers without internet. It comes with a later release.' },
        { id: 'floating', available: false, needs: 'A license server in your own network that lends seats. It comes with a later release.' },
      ],
      gettingStarted: [{ id: 'have-license', available: true }, { id: 'purchase', available: false }, { id: 'trial', available: true }],
      notices: has ? [{ at: this.at(-2 * HOUR), message: 'The license was fetched; nothing had changed.' }, { at: this.at(-90 * DAY), message: `Activated for ${this.customer()}.` }] : [],
      vendor: { name: 'Demo Vendor', supportEmail: 'support@vendor.example', supportUrl: undefined },
    };
  }

  private words(): { headline: string; meaning: string; actions: LicenseDocument['actions']; code?: string } {
    const left = Math.max(1, Math.ceil((this.trialEnds - this.clock()) / 60_000));
    switch (this.state) {
      case 'never-licensed': return { headline: 'This server is not licensed', meaning: 'MQTT clients are refused until it is', actions: ['activate', 'start-trial'] };
      case 'trial': return { headline: `Trial: ${left >= 60 ? `${Math.floor(left / 60)} h ` : ''}${left % 60} min left`, meaning: `Everything that can be tried works until {${new Date(this.trialEnds).toISOString()}}`, actions: ['activate'] };
      case 'trial-over': return { headline: 'The trial has ended', meaning: `MQTT clients are refused since {${this.at(-10 * 60_000)}}`, actions: ['activate', 'start-trial'] };
      case 'waiting': return { headline: 'Waiting for the usage license', meaning: `The request of {${this.at(-5 * 60_000)}} has no answer yet; it is sent again by itself`, actions: ['activate', 'check-connection', 'start-trial'] };
      case 'licensed': return { headline: `Licensed to ${this.customer()}`, meaning: `MQTT Server, perpetual. Support until {${this.at(128 * DAY)}}`, actions: ['reactivate', 'deactivate'] };
      case 'ending-soon': return { headline: 'The license ends in 12 days', meaning: `On {${this.at(12 * DAY)}} MQTT clients will be refused after a grace of 14 days`, actions: ['contact-vendor', 'reactivate', 'deactivate'] };
      case 'grace': return { headline: `The license ended on {${this.at(-3 * DAY)}}`, meaning: `Data still flows until {${this.at(11 * DAY)}}; settings are locked. 7 emergency days are left`, actions: ['contact-vendor', 'reactivate', 'deactivate', 'start-emergency'] };
      case 'emergency': return { headline: 'Running on emergency days: 3 of 7 used', meaning: `Started by admin on {${this.at(-6.5 * HOUR)}}; reported at the next contact. This day ends {${this.at(17.5 * HOUR)}}`, actions: ['reactivate', 'contact-vendor'] };
      case 'degraded': return { headline: `The lease was not renewed since {${this.at(-2 * HOUR)}}`, meaning: `Data still flows until {${this.at(30 * HOUR)}}; settings are locked`, actions: ['check-connection', 'reactivate', 'start-emergency'] };
      case 'clock-behind': return { headline: 'The clock stands before the license was issued', meaning: 'It says {2020-01-03T00:00:00Z}. Everything works; set the clock, then reactivate', actions: ['reactivate', 'deactivate'] };
      case 'not-started': return { headline: `The license begins {${this.at(5 * DAY)}}`, meaning: 'MQTT clients are refused until then', code: 'LICENSE_NOT_STARTED', actions: ['reactivate', 'deactivate', 'start-trial'] };
      case 'ended': return { headline: `The license ended on {${this.at(-3 * DAY)}}`, meaning: 'MQTT clients are refused. Reactivate fetches what the vendor has changed.', code: 'LICENSE_EXPIRED', actions: ['contact-vendor', 'reactivate', 'deactivate', 'start-emergency', 'start-trial'] };
      case 'suspended': return { headline: 'This license was suspended by the vendor', meaning: 'The invoice 2026-114 is not paid. Write to accounts@vendor.example', code: 'LICENSE_SUSPENDED', actions: ['contact-vendor', 'reactivate', 'deactivate'] };
      case 'revoked': return { headline: 'This license was revoked by the vendor', meaning: 'The order was taken back on 3 November', code: 'LICENSE_REVOKED', actions: ['contact-vendor', 'activate', 'reactivate', 'deactivate'] };
      case 'fenced': return { headline: 'This activation was released or taken over elsewhere', meaning: 'Another host holds it since 14:02', code: 'RELEASED', actions: ['activate', 'contact-vendor'] };
      case 'released': return { headline: 'Deactivated; here is the code that proves it', meaning: 'The vendor has confirmed it; the activation is free for another server', actions: ['show-proof', 'activate', 'start-trial'] };
      case 'other-machine': return { headline: 'This license belongs to another machine', meaning: '2 of 5 marks match (board, cpu, disk differ); 3 must', code: 'HOST_MISMATCH', actions: ['activate', 'contact-vendor', 'start-trial'] };
      default: return { headline: 'The license on this server is damaged', meaning: 'Both copies of the license file cannot be read. Activate this server again with the license key; it takes no second activation', actions: ['activate', 'start-trial'] };
    }
  }
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
