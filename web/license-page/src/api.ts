import { request, type Answer, type Body } from '@charter/kit';
import type { paths } from '../../generated/license';

/** The seat that a floating server or the vendor lends to this server. */
export interface Seat {
  issuer: 'authority' | 'floating-server';
  /** In the order in which they are tried. */
  servers: string[];
  /** The one that answered last. */
  server?: string;
  slot?: string;
  features: string[];
  renewEverySeconds: number;
  degradedAfterSeconds: number;
  endAfterSeconds: number;
  lastRenewal: string;
  nextRenewal: string;
  degradedAt: string;
  endsAt: string;
  /** Whether no server renews it now. */
  away: boolean;
}

/** A place in a license server's queue. */
export interface WaitsForSeat {
  since: string;
  message: string;
  place?: number;
  retryAt: string;
  servers: string[];
}

export interface PoolLook {
  license: string;
  seats: number;
  free: number;
  until?: string;
  features: { name: string; title: string; free?: number }[];
}

/** What is seen at a license server, without taking anything. */
export interface ServerLook {
  url: string;
  reachable: boolean;
  trusted: boolean;
  message?: string;
  pools: PoolLook[];
}

export interface NewSeat {
  servers: string[];
  features?: string[];
  slot?: string;
}

export type LicenseDocument = Answer<paths['/api/license']['get']> & { seat?: Seat; waitsForSeat?: WaitsForSeat };
/** A usage request that waits for its answer. */
export type UsageRequest = NonNullable<LicenseDocument['usageRequest']>;
export type LetterCheck = Answer<paths['/api/license/letter-checks']['post']>;
export type KeyVerdict = Answer<paths['/api/license/key-checks']['post']>;
export type ActivationOutcome = Answer<paths['/api/license/activations']['post']>;
/** What became of asking for a seat. */
export type SeatOutcome = Omit<ActivationOutcome, 'outcome'> & { outcome: ActivationOutcome['outcome'] | 'waits-for-seat' | 'not-reached' };
export type ReactivationOutcome = Answer<paths['/api/license/reactivations']['post']>;
export type DeactivationOutcome = Answer<paths['/api/license/deactivations']['post']>;
export type EmergencyOutcome = Answer<paths['/api/license/emergencies']['post']>;
type KeyText = Body<paths['/api/license/key-checks']['post']>;
/** What the vendor is asked for over the network. */
export type NewActivation = Body<paths['/api/license/activations']['post']>;

/** What a usage request is made for: a first one names the license by its key; one without is an update of the installed license. */
export type NewRequest = Body<paths['/api/license/usage-requests']['post']>;

/** The License page's REST API at a base address, such as /api/license. */
export class LicenseApi {
  constructor(readonly base: string) {}

  read = () => request('GET', this.base) as Promise<LicenseDocument>;
  checkKey = (text: string) => request('POST', `${this.base}/key-checks`, { text } satisfies KeyText) as Promise<KeyVerdict>;
  activate = (of: NewActivation) => request('POST', `${this.base}/activations`, of) as Promise<ActivationOutcome>;
  reactivate = () => request('POST', `${this.base}/reactivations`) as Promise<ReactivationOutcome>;
  deactivate = () => request('POST', `${this.base}/deactivations`) as Promise<DeactivationOutcome>;
  startTrial = () => request('POST', `${this.base}/trials`) as Promise<LicenseDocument>;
  startEmergency = () => request('POST', `${this.base}/emergencies`) as Promise<EmergencyOutcome>;
  makeRequest = (of: NewRequest) => request('POST', `${this.base}/usage-requests`, of) as Promise<LicenseDocument>;
  checkLetter = (text: string) => request('POST', `${this.base}/letter-checks`, { text }) as Promise<LetterCheck>;
  look = (servers: string[]) => request('POST', `${this.base}/pool-looks`, { servers }) as Promise<{ servers: ServerLook[] }>;
  takeSeat = (of: NewSeat) => request('POST', `${this.base}/seats`, of) as Promise<SeatOutcome>;
  install = (text: string) => request('POST', `${this.base}/usage-licenses`, { text }) as Promise<ActivationOutcome>;
}
