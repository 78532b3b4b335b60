/** What stands behind the `#` of the page's address, which no server ever sees. */
export type Brought =
  | { kind: 'letter'; text: string }
  | { kind: 'link'; token: string }
  | { kind: 'nothing' };

const LINK = '#token=';

/** A letter that a phone read from a QR code, or the secret of a mailed link. */
export function broughtBy(hash: string): Brought {
  if (hash.startsWith(LINK)) return { kind: 'link', token: hash.slice(LINK.length) };
  return /^#CHARTER\W/i.test(hash.replaceAll('%2F', '/')) ? { kind: 'letter', text: hash.slice(1) } : { kind: 'nothing' };
}
