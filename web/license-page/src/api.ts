import { request, type Answer, type Body } from '@charter/kit';
import type { paths } from '../../generated/license';

export type LicenseDocument = Answer<paths['/api/license']['get']>;
export type KeyVerdict = Answer<paths['/api/license/key-checks']['post']>;
export type ActivationOutcome = Answer<paths['/api/license/activations']['post']>;
export type ReactivationOutcome = Answer<paths['/api/license/reactivations']['post']>;
export type DeactivationOutcome = Answer<paths['/api/license/deactivations']['post']>;
export type EmergencyOutcome = Answer<paths['/api/license/emergencies']['post']>;
type KeyText = Body<paths['/api/license/key-checks']['post']>;
type ActivationKey = Body<paths['/api/license/activations']['post']>;

/** The License page's REST API at a base address, such as /api/license. */
export class LicenseApi {
  constructor(readonly base: string) {}

  read = () => request('GET', this.base) as Promise<LicenseDocument>;
  checkKey = (text: string) => request('POST', `${this.base}/key-checks`, { text } satisfies KeyText) as Promise<KeyVerdict>;
  activate = (key: string) => request('POST', `${this.base}/activations`, { key } satisfies ActivationKey) as Promise<ActivationOutcome>;
  reactivate = () => request('POST', `${this.base}/reactivations`) as Promise<ReactivationOutcome>;
  deactivate = () => request('POST', `${this.base}/deactivations`) as Promise<DeactivationOutcome>;
  startTrial = () => request('POST', `${this.base}/trials`) as Promise<LicenseDocument>;
  startEmergency = () => request('POST', `${this.base}/emergencies`) as Promise<EmergencyOutcome>;
}
