import { request, type Answer, type Body } from '@charter/kit';
import type { paths } from '../../generated/license';

export type LicenseDocument = Answer<paths['/api/license']['get']>;
/** The seat that a floating server or the vendor lends to this server. */
export type Seat = NonNullable<LicenseDocument['seat']>;
/** A seat is wanted, and asked for again and again. */
export type WaitsForSeat = NonNullable<LicenseDocument['waitsForSeat']>;
/** What is seen at a license server, without taking anything. */
export type ServerLook = Answer<paths['/api/license/pool-looks']['post']>['servers'][number];
export type PoolLook = ServerLook['pools'][number];
export type NewSeat = Body<paths['/api/license/seats']['post']>;
/** A usage request that waits for its answer. */
export type UsageRequest = NonNullable<LicenseDocument['usageRequest']>;
export type LetterCheck = Answer<paths['/api/license/letter-checks']['post']>;
export type KeyVerdict = Answer<paths['/api/license/key-checks']['post']>;
export type ActivationOutcome = Answer<paths['/api/license/activations']['post']>;
export type ReactivationOutcome = Answer<paths['/api/license/reactivations']['post']>;
export type DeactivationOutcome = Answer<paths['/api/license/deactivations']['post']>;
export type EmergencyOutcome = Answer<paths['/api/license/emergencies']['post']>;
type KeyText = Body<paths['/api/license/key-checks']['post']>;
/** What the vendor is asked for over the network. */
export type NewActivation = Body<paths['/api/license/activations']['post']>;

/** What a usage request is made for: a first one names the license by its key; one without is an update of the installed license. */
export type NewRequest = Body<paths['/api/license/usage-requests']['post']>;

/** What can be bought for this server; amounts are in the currency's smallest unit. */
export type Offers = Answer<paths['/api/license/offers']['get']>;
export type Offer = Offers['items'][number];
/** An order of this server, as far as it has come. */
export type Order = NonNullable<LicenseDocument['order']>;
export type NewOrder = Body<paths['/api/license/orders']['post']>;
/** Until when the vendor supports this license, and whether that covers the version that runs. */
export type Support = NonNullable<LicenseDocument['support']>;

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
  takeSeat = (of: NewSeat) => request('POST', `${this.base}/seats`, of) as Promise<ActivationOutcome>;
  install = (text: string) => request('POST', `${this.base}/usage-licenses`, { text }) as Promise<ActivationOutcome>;
  offers = () => request('GET', `${this.base}/offers`) as Promise<Offers>;
  order = (of: NewOrder) => request('POST', `${this.base}/orders`, of) as Promise<Order>;
  lookAtOrder = () => request('POST', `${this.base}/order-looks`) as Promise<Order>;
  endOrder = () => request('DELETE', `${this.base}/order`) as Promise<LicenseDocument>;
}
