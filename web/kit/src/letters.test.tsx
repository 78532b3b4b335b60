import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import decodeQR from 'qr/decode.js';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { checkLetter, codesOf, usageLicenseFor } from '../../mock/license';
import { show } from '../../test/against';
import { decoded, DocumentInput, QrCode, type DocumentCheck } from './index';

/** What a camera sees of the drawing: each module four pixels wide. */
function scanned(drawing: Element): string {
  const side = Number(drawing.getAttribute('viewBox')!.split(' ')[2]);
  const wide = side * 4;
  const data = new Uint8Array(wide * wide * 4).fill(255);
  for (const [, x, y, run] of drawing.querySelectorAll('path')[1]!.getAttribute('d')!.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row++) {
      for (let column = Number(x) * 4; column < (Number(x) + Number(run)) * 4; column++) data.set([0, 0, 0, 255], (row * wide + column) * 4);
    }
  }
  return decodeQR({ width: wide, height: wide, data });
}

describe('a QR code', () => {
  it.each([['a usage request', codesOf(1, 1_114)], ['a usage request behind the address of a portal', codesOf(1, 1_114, 1, 'https://licensing.vendor.example/charter/portal/#')], ['a usage license', codesOf(2, 2_164)]])(
    '%s is read from the drawing as it was written', (_, [text]) => {
      show(<QrCode texts={[text!]} name="Usage request" />);
      expect(scanned(screen.getByRole('img', { name: 'QR code: Usage request' }))).toBe(text);
    });

  it('of the largest usage request has version 25 or less, also behind the address of a portal', () => {
    show(<QrCode texts={codesOf(1, 1_114, 1, 'https://licensing.vendor.example/charter/portal/#')} name="Usage request" />);
    const [, , side] = screen.getByRole('img').getAttribute('viewBox')!.split(' ').map(Number);
    expect((side! - 8 - 17) / 4).toBeLessThanOrEqual(25);
  });

  it('is dark on white whatever the window is like', () => {
    show(<QrCode texts={['CHARTER/1/1/ERJ7JSTW/AAAA']} name="Usage request" />);
    expect([...screen.getByRole('img').querySelectorAll('path')].map(path => path.getAttribute('fill'))).toEqual(['#ffffff', '#000000']);
  });

  it('of several parts is shown one at a time, forwards and backwards', async () => {
    const texts = codesOf(3, 60, 16);
    show(<QrCode texts={texts} name="Usage license" />);
    await userEvent.click(screen.getByRole('button', { name: 'Next part' }));
    expect(scanned(screen.getByRole('img', { name: 'QR code: Usage license, part 2 of 16' }))).toBe(texts[1]);
    await userEvent.click(screen.getByRole('button', { name: 'Previous part' }));
    await userEvent.click(screen.getByRole('button', { name: 'Previous part' }));
    expect(scanned(screen.getByRole('img', { name: 'QR code: Usage license, part 16 of 16' }))).toBe(texts[15]);
  });

  it('of several parts runs through them when asked, again and again, and stops', () => {
    vi.useFakeTimers();
    try {
      show(<QrCode texts={codesOf(3, 60, 3)} name="Usage license" />);
      const at = () => screen.getByText(/^Part \d of 3$/).textContent;
      act(() => { vi.advanceTimersByTime(10_000); });
      expect(at()).toBe('Part 1 of 3');
      fireEvent.click(screen.getByRole('button', { name: 'Run through them' }));
      const seen = Array.from({ length: 4 }, () => { act(() => { vi.advanceTimersByTime(1_500); }); return at(); });
      expect(seen).toEqual(['Part 2 of 3', 'Part 3 of 3', 'Part 1 of 3', 'Part 2 of 3']);
      fireEvent.click(screen.getByRole('button', { name: 'Stop here' }));
      act(() => { vi.advanceTimersByTime(10_000); });
      expect(at()).toBe('Part 2 of 3');
    } finally {
      vi.useRealTimers();
    }
  });

  it('of a text that none holds is not drawn, and what else to do is said', () => {
    show(<QrCode texts={['x'.repeat(5_000)]} name="Usage license" />);
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByText(/too long for a QR code. Copy or download it/)).toBeDefined();
  });
});

function Giving({ check = (text: string) => Promise.resolve(checkLetter(text)), onVerdict = () => undefined }: { check?: (text: string) => Promise<DocumentCheck>; onVerdict?: (verdict: DocumentCheck | undefined) => void }) {
  const [text, setText] = useState('');
  return <DocumentInput label="Usage license" what="a usage license" value={text} onChange={setText} check={check} onVerdict={onVerdict} />;
}

const LICENSE = usageLicenseFor(1);
const utf16 = (text: string, bigEndian = false) => new Uint8Array([...text].flatMap(letter => { const code = letter.charCodeAt(0); return bigEndian ? [code >> 8, code & 255] : [code & 255, code >> 8]; }));

describe('a place for a document', () => {
  it('says at once what was pasted', async () => {
    show(<Giving />);
    await userEvent.click(screen.getByLabelText('Usage license'));
    await userEvent.paste(LICENSE);
    expect(await screen.findByText('This is a usage license.')).toBeDefined();
  });

  it.each([
    ['a usage request', LICENSE.replaceAll('USAGE LICENSE', 'USAGE REQUEST'), /This is a usage request; the usage license is the answer to it/],
    ['half a paste', LICENSE.slice(0, 400), /The end of the document is missing/],
    ['nothing of ours', 'Dear all, lunch is at noon.', /There is no license document in this text/],
    ['the first of two parts of a code', codesOf(3, 60, 2)[0]!, /1 of 2 parts are here. Part 2 is still missing/],
  ])('says of %s what it is instead', async (_, given, said) => {
    const verdicts: (DocumentCheck | undefined)[] = [];
    show(<Giving onVerdict={verdict => verdicts.push(verdict)} />);
    fireEvent.change(screen.getByLabelText('Usage license'), { target: { value: given } });
    expect(await screen.findByText(said)).toBeDefined();
    expect(verdicts.at(-1)?.installable).toBe(false);
  });

  it.each([
    ['in UTF-8', new TextEncoder().encode(LICENSE)],
    ['in UTF-16 with a mark', new Uint8Array([0xff, 0xfe, ...utf16(LICENSE)])],
    ['in UTF-16, the other way round', new Uint8Array([0xfe, 0xff, ...utf16(LICENSE, true)])],
    ['in UTF-16 without a mark', utf16(LICENSE)],
    ['in UTF-16 without a mark, the other way round', utf16(LICENSE, true)],
  ])('reads a file that is dropped, written %s', async (_, bytes) => {
    const { container } = show(<Giving />);
    fireEvent.drop(container.querySelector('[data-drop-zone]')!, { dataTransfer: { files: [new File([bytes], 'usage-license.txt')] } });
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Usage license').value).toBe(LICENSE));
  });

  it('takes a file that was copied and is pasted, and several as the parts of one', async () => {
    show(<Giving />);
    const [first, second] = codesOf(3, 60, 2);
    fireEvent.paste(screen.getByLabelText('Usage license'), { clipboardData: { files: [new File([first!], '1.txt'), new File([second!], '2.txt')], getData: () => '' } });
    expect(await screen.findByText('This is a usage license.')).toBeDefined();
  });

  it('takes a whole mail of half a megabyte, and no more than one', async () => {
    const { container } = show(<Giving />);
    const drop = (size: number) => fireEvent.drop(container.querySelector('[data-drop-zone]')!, { dataTransfer: { files: [new File([LICENSE + ' '.repeat(size)], 'answer.eml')] } });
    drop(2_000_000);
    expect(await screen.findByText(/answer\.eml has 2,00\d kB: it is no license key and no license document/)).toBeDefined();
    drop(500_000);
    expect(await screen.findByText('This is a usage license.')).toBeDefined();
  });

  it('tells why nothing can be said of it where the server is away', async () => {
    show(<Giving check={() => Promise.reject(new Error('This server does not answer.'))} />);
    fireEvent.change(screen.getByLabelText('Usage license'), { target: { value: LICENSE } });
    expect(await screen.findByText('This server does not answer.')).toBeDefined();
  });

  it('forgets what it said of a text that is no longer there', async () => {
    show(<Giving />);
    const field = screen.getByLabelText('Usage license');
    fireEvent.change(field, { target: { value: LICENSE } });
    await screen.findByText('This is a usage license.');
    fireEvent.change(field, { target: { value: '' } });
    await waitFor(() => expect(screen.queryByText('This is a usage license.')).toBeNull());
  });
});

it('bytes without any mark and without zeros are UTF-8', () => {
  expect(decoded(new TextEncoder().encode('Süd-Ω'))).toBe('Süd-Ω');
});
