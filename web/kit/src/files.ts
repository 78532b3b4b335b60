/** Texts in and out of the page. */

/** More is no document of ours; the server takes no more either. */
export const LARGEST_TEXT = 64 * 1024;

/** The text of a file that was dropped or chosen. */
export async function textOf(file: File): Promise<string> {
  if (file.size > LARGEST_TEXT) {
    throw new Error(`${file.name} has ${Math.round(file.size / 1000).toLocaleString('en-GB')} kB: it is no license key and no license document. Those are text files of a few kB.`);
  }
  return file.text();
}

export function download(name: string, content: string | Blob): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
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
