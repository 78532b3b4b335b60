import type { IconName } from '@charter/kit';
import type { LicenseDocument, Order } from './api';

/** How a state looks. What it is called and what it means, the server says. */
export interface Appearance {
  tone: 'success' | 'info' | 'warning' | 'error';
  icon: IconName;
}

const APPEARANCES: Record<LicenseDocument['state'], Appearance> = {
  'never-licensed': { tone: 'warning', icon: 'key' },
  trial: { tone: 'info', icon: 'clock' },
  'trial-over': { tone: 'error', icon: 'clock' },
  licensed: { tone: 'success', icon: 'good' },
  'ending-soon': { tone: 'warning', icon: 'clock' },
  grace: { tone: 'warning', icon: 'attention' },
  emergency: { tone: 'warning', icon: 'attention' },
  degraded: { tone: 'warning', icon: 'attention' },
  'clock-behind': { tone: 'warning', icon: 'clock' },
  'not-started': { tone: 'info', icon: 'clock' },
  ended: { tone: 'error', icon: 'stopped' },
  suspended: { tone: 'error', icon: 'stopped' },
  revoked: { tone: 'error', icon: 'stopped' },
  fenced: { tone: 'error', icon: 'stopped' },
  released: { tone: 'info', icon: 'license' },
  'other-machine': { tone: 'error', icon: 'attention' },
  damaged: { tone: 'error', icon: 'attention' },
};

export function appearanceOf(of: LicenseDocument): Appearance {
  if (of.waitsForSeat || (paidFor(of) && WITHOUT_LICENSE.includes(of.state))) return { tone: 'info', icon: 'clock' };
  if (of.state === 'licensed' && of.seat?.away) return { tone: 'warning', icon: 'attention' };
  // A newer server may know a state that this page does not.
  return (APPEARANCES as Partial<typeof APPEARANCES>)[of.state] ?? { tone: 'info', icon: 'license' };
}

/** In these there is nothing to tell of but the way to a license: the wizard stands on the page by itself. */
const WITHOUT_LICENSE: readonly LicenseDocument['state'][] = ['never-licensed', 'trial-over', 'released'];

export function startsWithWizard(of: LicenseDocument): boolean {
  return WITHOUT_LICENSE.includes(of.state) && !of.waitsForSeat && !underway(of);
}

/** The order that something more will come of by itself, or by the buyer's payment; none where it has arrived or ended. */
export function underway(of: LicenseDocument): Order | undefined {
  return of.order && !of.order.done && of.order.state !== 'closed' ? of.order : undefined;
}

/** Whether there is nothing to say on other pages. */
export function allIsWell(of: LicenseDocument): boolean {
  return of.state === 'licensed' && !of.seat?.away && !paidFor(of);
}

/** The order that is paid and has not arrived: worth telling on every page. */
export function paidFor(of: LicenseDocument): Order | undefined {
  const order = underway(of);
  return order?.state === 'open' ? undefined : order;
}

/** The smallest moment at which what is shown will have changed by itself. */
export function nextMoment(of: LicenseDocument, now: number): number | undefined {
  const ahead = [...Object.values(of.moments ?? {}), of.seat?.nextRenewal, of.seat?.degradedAt, of.seat?.endsAt, of.waitsForSeat?.retryAt]
    .flatMap(moment => (moment ? [new Date(moment).getTime()] : []))
    .filter(moment => moment > now);
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}
