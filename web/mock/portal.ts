/** The portal's REST API without an authority behind it: it speaks the contract. For looking at the page and for its tests; it is part of no product. */
import type { LicenseOfLetter, PortalHost, PortalLicense, Reply } from '../portal/src/api';
import { armored, codesOf, daysFrom, GOOD_KEY, type Answered } from './license';

export const LICENSE_ID = 'lic-7q3kzt5rmwx2';
export const TOKEN = 'Ab3'.repeat(10) + 'Zz';

export const REQUEST = armored('USAGE REQUEST', 1, 21);
export const UPDATE = armored('USAGE REQUEST', 2, 21);
export const RELEASE = armored('RELEASE', 3, 14);
/** Requests whose answers are known here: no activation is free, a newer one was answered, one that the desk looks at. */
export const EXHAUSTED = armored('USAGE REQUEST', 4, 21);
export const SUPERSEDED = armored('USAGE REQUEST', 5, 21);
export const LOOKED_AT = armored('USAGE REQUEST', 6, 21);
export const HYBRID = armored('USAGE REQUEST', 7, 21);
/** What a phone reads from a QR code, behind the portal's address. */
export const [FROM_A_PHONE] = codesOf(1, 1_000) as [string];

const DAY = 24 * 3_600_000;

export interface PortalScene {
  /** Names of 200 characters, in each place where a name can be. */
  long?: boolean;
  /** How many hosts the license has. */
  hosts?: number;
}

export class MockPortal {
  private readonly long: boolean;
  private readonly hosts: PortalHost[];

  constructor(scene: PortalScene = {}, private readonly clock: () => number = Date.now) {
    this.long = scene.long ?? false;
    const states = ['active', 'active', 'released', 'lost', 'restored'];
    this.hosts = Array.from({ length: scene.hosts ?? 3 }, (_, index) => ({
      id: `act-4f7k0m2x9q${String(index).padStart(2, '0')}`, ...(index % 7 === 6 ? {} : { name: this.long ? `a-host-with-a-name-${'of-many-words-'.repeat(13)}${index}` : `plant-${index < 26 ? String.fromCharCode(97 + index) : index}` }),
      state: states[index % states.length]!, activatedAt: this.at(-(90 + index) * DAY), lastAnswerAt: this.at(-(index + 1) * DAY / 3),
    }));
  }

  handle(method: string, path: string, body: unknown): Answered | undefined {
    const asked = body as { text: string; key?: string; token?: string; licenseId: string; hostId: string; story: string };
    const ok = (of: unknown) => ({ status: 200, body: of });
    switch (`${method} ${/v1\/[a-z]+$/.exec(path)?.[0] ?? ''}`) {
      case 'POST v1/letters': return ok(this.answer(asked.text));
      case 'POST v1/hosts': return this.opened(asked, () => ok({ license: this.license(), hosts: this.hosts } satisfies PortalLicense));
      case 'POST v1/links': return ok({ message: 'If there is such a license, a link to it is on its way by e-mail to the license’s contact.' });
      case 'POST v1/losses': return this.opened(asked, () => {
        const host = this.hosts.find(one => one.id === asked.hostId && one.state === 'active');
        if (!host) return { status: 409, body: { title: 'Not possible', detail: `This license has no active host "${asked.hostId}".`, code: 'CONFLICT' } };
        host.state = 'lost';
        return ok({ outcome: 'waits', message: 'The vendor’s support will look at this, and writes to the license’s contact. The host is fenced from now on.' });
      });
      default: return undefined;
    }
  }

  /** The vendor's support decides about a host that was reported destroyed. */
  decide(hostId: string, state: 'restored' | 'active' | 'released'): void {
    this.hosts.find(one => one.id === hostId)!.state = state;
  }

  private opened(by: { key?: string; token?: string }, then: () => Answered): Answered {
    if (by.key?.toUpperCase().includes(GOOD_KEY) || by.token === TOKEN) return then();
    return { status: 404, body: { title: 'Not found', detail: 'This opens no license. Check the license key against the letter it came in, or ask for a new link.', code: 'UNKNOWN' } };
  }

  private answer(text: string): Reply {
    const license = this.license();
    const host = this.hosts[0]?.name ?? 'plant-a';
    const granted = (update: boolean, parts: number): Reply => ({
      outcome: 'answered', kind: 'usage-request', update, message: `The usage license for ${host} is here. Install it on that host before 28 December 2026.`, document: armored('USAGE LICENSE', 11, parts > 1 ? 310 : 31),
      fileName: `usage-license-${LICENSE_ID}.txt`, codes: parts > 1 ? codesOf(12, 1_430, parts) : codesOf(12, 2_164), license,
    });
    const refused = (code: string, message: string): Reply => ({
      outcome: 'refused', kind: 'usage-request', update: false, message, code, document: armored('REFUSAL', 13, 12), fileName: `refusal-${LICENSE_ID}.txt`, codes: codesOf(14, 700), license: { ...license, activationsUsed: license.activationsTotal },
    });
    switch (text.trim()) {
      case REQUEST.trim(): case FROM_A_PHONE: return granted(false, 1);
      case UPDATE.trim(): return granted(true, 1);
      case HYBRID.trim(): return granted(false, 16);
      case RELEASE.trim(): return {
        outcome: 'answered', kind: 'release', update: false, message: 'The release has arrived: the activation is free for another host. There is nothing to install.', document: armored('RELEASE', 15, 20),
        fileName: `acknowledgement-${LICENSE_ID}.txt`, codes: codesOf(16, 900), license: { ...license, activationsUsed: 1 },
      };
      case EXHAUSTED.trim(): return refused('ACTIVATIONS_EXHAUSTED', 'Every activation of this license is in use. Deactivate a server that you no longer need, or buy another activation.');
      case SUPERSEDED.trim(): return refused('REQUEST_SUPERSEDED', 'A newer request of this host was already answered. Make a new request; if this host is a copy or was restored, activate it again with the license key.');
      case LOOKED_AT.trim(): return { outcome: 'waits', kind: 'usage-request', update: false, message: 'The vendor’s support looks at this request before it is answered. Bring the same request again later to get its answer.', codes: [], license, letter: 'let-7q3kzt5rmwx2' };
      default: return { outcome: 'unreadable', update: false, message: text.includes('BEGIN CHARTER') ? 'The end of the document is missing: copy all of it, with the line that begins with -----END.' : 'There is no license document in this text. It begins with a line like -----BEGIN CHARTER USAGE REQUEST-----.', codes: [] };
    }
  }

  private license(): LicenseOfLetter {
    const used = this.hosts.filter(host => host.state === 'active' || host.state === 'lost').length;
    return {
      id: LICENSE_ID, product: 'mqtt-server', productTitle: this.long ? `MQTT Server ${'for-all-plants-'.repeat(12)}` : 'MQTT Server', customer: this.long ? `Zweckverband ${'Wasserversorgung-und-Abwasserentsorgung-'.repeat(4)}Süd`.slice(0, 200) : 'ACME Water',
      type: 'offline', activationsUsed: used, activationsTotal: Math.max(3, used),
    };
  }

  private at(milliseconds: number): string {
    return daysFrom(this.clock(), milliseconds).replace(/\.\d+Z/, 'Z');
  }
}
