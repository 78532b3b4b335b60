/** How moments and spans of time are written, everywhere. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const secondFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const zoneFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'longOffset',
});

/** Midnight, where the reader is, of the day of that moment. */
function dayOf(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

/** How many days the one moment's day lies after the other's; a day with a change of clocks is a day. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((dayOf(to) - dayOf(from)) / DAY);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count)} ${Math.abs(count) === 1 ? one : many}`;
}

export function numberWords(value: number, digits = 0): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

function distance(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${plural(days, 'day')}` : `${plural(-days, 'day')} ago`;
}

/** "31 March 2027 (in 128 days)". */
export function dateWords(moment: Date, now: Date): string {
  return `${dayFormat.format(moment)} (${distance(daysBetween(now, moment))})`;
}

/** What a sentence says: the time when it is today, the date and time when it is near, else the date. */
export function momentWords(moment: Date, now: Date): string {
  const days = daysBetween(now, moment);
  if (days === 0) return timeFormat.format(moment);
  if (Math.abs(days) <= 3) return `${dayFormat.format(moment)}, ${timeFormat.format(moment)} (${distance(days)})`;
  return dateWords(moment, now);
}

/** A row of a log or a list: "22 November 2026, 14:03:12". */
export function stampWords(moment: Date): string {
  return `${dayFormat.format(moment)}, ${secondFormat.format(moment)}`;
}

/** What is shown on hover: to the second, with the reader's zone, and as machines write it. */
export function exactWords(moment: Date): string {
  return `${zoneFormat.format(moment)} · ${moment.toISOString().replace('.000Z', 'Z')}`;
}

/** "1 h 42 min", "42 min", "12 s", "3 days 4 h". */
export function spanWords(milliseconds: number): string {
  const left = Math.max(0, Math.floor(milliseconds));
  if (left >= 2 * DAY) return `${plural(Math.floor(left / DAY), 'day')}${left % DAY >= HOUR ? ` ${Math.floor((left % DAY) / HOUR)} h` : ''}`;
  if (left >= HOUR) return `${Math.floor(left / HOUR)} h${left % HOUR >= MINUTE ? ` ${Math.floor((left % HOUR) / MINUTE)} min` : ''}`;
  if (left >= MINUTE) return `${Math.floor(left / MINUTE)} min`;
  return `${Math.floor(left / SECOND)} s`;
}

/** What a countdown shows: "2 days 21 h 05 min", "1 h 42 min 07 s", "42 min 07 s", "7 s". */
export function countdownWords(milliseconds: number): string {
  const left = Math.max(0, Math.round(milliseconds / SECOND)) * SECOND;
  const two = (value: number) => String(value).padStart(2, '0');
  const [days, hours, minutes, seconds] = [Math.floor(left / DAY), Math.floor((left % DAY) / HOUR), Math.floor((left % HOUR) / MINUTE), (left % MINUTE) / SECOND];
  if (days > 0) return `${plural(days, 'day')} ${hours} h ${two(minutes)} min`;
  if (hours > 0) return `${hours} h ${two(minutes)} min ${two(seconds)} s`;
  return minutes > 0 ? `${minutes} min ${two(seconds)} s` : `${seconds} s`;
}

/** Milliseconds of an ISO 8601 duration of hours, minutes and seconds, such as PT2H. */
export function durationOf(iso: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso);
  if (!parts) return 0;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "1.4 MB"; a kilobyte has 1,000 bytes. */
export function bytesWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${numberWords(value, unit === 0 ? 0 : 1)} ${UNITS[unit]}`;
}
