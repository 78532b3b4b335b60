/** Texts in and out of the page. */

/** More is no document of ours; the server takes no more either. */
export const LARGEST_TEXT = 64 * 1024;
/** A letter may come as a whole mail, with its HTML and its pictures. */
export const LARGEST_LETTER = 1024 * 1024;

/** So much of a file without a mark at its beginning is looked at to tell how it is written. */
const LOOKED_AT = 512;

/** The text of a file that was dropped, pasted or chosen. */
export async function textOf(file: File, largest = LARGEST_TEXT): Promise<string> {
  if (file.size > largest) {
    throw new Error(`${file.name} has ${Math.round(file.size / 1000).toLocaleString('en-GB')} kB: it is no license key and no license document. Those are text files of a few kB.`);
  }
  return decoded(new Uint8Array(await file.arrayBuffer()));
}

/** The text of a file's bytes: UTF-8, or the UTF-16 that some editors and mail programs of Windows save, with its mark at the beginning or without. */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a mark: what is mostly letters and digits has a zero in every second place.
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 0];
  start.forEach((byte, index) => { if (byte === 0) zeros[index % 2]!++; });
  const many = start.length / 4;
  if (zeros[1]! > many) return 'utf-16le';
  return zeros[0]! > many ? 'utf-16be' : 'utf-8';
}

export function download(name: string, content: string | Blob): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The text as a file to hand on, where this device can do that: by mail, to another app, to a machine nearby. */
function shareable(name: string, text: string): ShareData | undefined {
  const data = { files: [new File([text], name, { type: 'text/plain' })] };
  return typeof navigator.canShare === 'function' && navigator.canShare(data) ? data : undefined;
}

/** Whether this device hands files on by itself; phones do. */
export function canShare(name: string, text: string): boolean {
  return shareable(name, text) !== undefined;
}

export async function share(name: string, text: string): Promise<void> {
  try {
    await navigator.share(shareable(name, text));
  } catch (problem) {
    if (!(problem instanceof DOMException && problem.name === 'AbortError')) throw problem; // who changes their mind has done nothing wrong
  }
}

/** Puts a text on the clipboard; also where the page came over plain HTTP, as in a plant's network, and browsers withhold the newer way. */
export async function copy(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (!copied) throw new Error('The browser did not let the page copy. Select the text and copy it by keyboard.');
}
