import { Problem, request, type Answer, type Body } from '@charter/kit';
import type { paths } from '../../generated/authority';

export type Reply = Answer<paths['/portal/v1/letters']['post']>;
export type PortalLicense = Answer<paths['/portal/v1/hosts']['post']>;
export type PortalHost = PortalLicense['hosts'][number];
export type LicenseOfLetter = PortalLicense['license'];
export type LossOutcome = Answer<paths['/portal/v1/losses']['post']>;
type Letter = Body<paths['/portal/v1/letters']['post']>;
type LinkAsked = Body<paths['/portal/v1/links']['post']>;
type LinkAnswer = Answer<paths['/portal/v1/links']['post']>;
type Loss = Body<paths['/portal/v1/losses']['post']>;

/** What opens a license here: its key, or the secret of a link that was mailed to its contact. */
export type OpenedBy = { key: string } | { token: string };

const AWAY = 'The vendor was not reached. Check the connection of this computer or phone, then try again.';

/** The authority takes no more, in bytes. */
const LARGEST_BODY = 1024 * 1024;

async function ask(address: string, body: unknown): Promise<unknown> {
  try {
    return await request('POST', address, body);
  } catch (problem) {
    throw problem instanceof Problem && problem.away ? new Problem(0, AWAY) : problem;
  }
}

/** The letter of a mail that is larger than the authority takes, without what stands around it; any other one as it is. */
export function letterOf(text: string): string {
  if (new TextEncoder().encode(JSON.stringify({ text } satisfies Letter)).length <= LARGEST_BODY) return text;
  const [found] = /-{2,}\s*BEGIN CHARTER[^]*?END CHARTER [A-Z ]+-*/.exec(text) ?? [];
  return found ?? text;
}

/** The customers' part of the authority's API, beside the page. */
export class PortalApi {
  constructor(readonly base = 'v1') {}

  answer = (text: string) => ask(`${this.base}/letters`, { text: letterOf(text) } satisfies Letter) as Promise<Reply>;
  hosts = (by: OpenedBy) => ask(`${this.base}/hosts`, by) as Promise<PortalLicense>;
  mailLink = (licenseId: string) => ask(`${this.base}/links`, { licenseId } satisfies LinkAsked) as Promise<LinkAnswer>;
  reportLoss = (by: OpenedBy, hostId: string, story: string) => ask(`${this.base}/losses`, { ...by, hostId, story } satisfies Loss) as Promise<LossOutcome>;
}
