/** What a text is, told at once; whether it fits, the server says. */
export function whatIs(text: string): { good: boolean; text: string } {
  const kind = /BEGIN CHARTER ([A-Z ]+?)-/.exec(text)?.[1];
  if (kind !== undefined && !text.includes('END CHARTER')) return { good: false, text: 'The end of the document is missing: copy all of it, with the line that begins with -----END.' };
  switch (kind) {
    case 'USAGE LICENSE': return { good: true, text: 'This is a usage license.' };
    case 'REFUSAL': return { good: true, text: 'This is a refusal: the vendor says why. Installing it shows what it says.' };
    case 'USAGE REQUEST': return { good: false, text: 'This is a usage request; the usage license is the answer to it. Send the request to the vendor first.' };
    case 'RELEASE': return { good: true, text: 'This looks like the confirmation of a deactivation.' };
    default: return { good: true, text: 'The server will say what this is.' };
  }
}

/** Mail programs cut longer addresses off. */
const LONGEST_ADDRESS = 1_900;

/** A mail with the letter in it; where it is too long for that, it says which file to attach. */
export function letterTo(subject: string, text: string, file: string): string {
  const head = `mailto:?subject=${encodeURIComponent(subject)}&body=`;
  const whole = head + encodeURIComponent(text.replaceAll('\n', '\r\n'));
  return whole.length <= LONGEST_ADDRESS ? whole : head + encodeURIComponent(`Please find attached: ${file}`);
}
