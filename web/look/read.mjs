import decodeQR from 'qr/decode.js';

/** What a camera that looks at this QR code on the screen reads; throws where it reads nothing. */
export async function readCode(page, code) {
  const picture = (await code.screenshot({ animations: 'disabled' })).toString('base64');
  const { width, height, pixels } = await page.evaluate(async png => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), letter => letter.charCodeAt(0))], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let at = 0; at < data.length; at += 8_192) text += String.fromCharCode(...data.subarray(at, at + 8_192));
    return { width: bitmap.width, height: bitmap.height, pixels: btoa(text) };
  }, picture);
  return decodeQR({ width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) });
}
