import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { checkKey, GOOD_KEY } from '../../mock/license';
import { show } from '../../test/against';
import { Choices, Confirm, DocumentBox, KeyField, Moment, Problem, request, Sentence, Steps } from './index';

function Typing({ onText = () => undefined }: { onText?: (text: string) => void }) {
  const [text, setText] = useState('');
  return <KeyField value={text} onChange={next => { setText(next); onText(next); }} check={typed => Promise.resolve(checkKey(typed))} onVerdict={() => undefined} />;
}

describe('the key field', () => {
  it('takes any case, with spaces in place of dashes', async () => {
    show(<Typing />);
    await userEvent.type(screen.getByLabelText('License key'), GOOD_KEY.toLowerCase().replaceAll('-', ' '));
    expect(await screen.findByText('This is a complete license key.')).toBeDefined();
  });

  it('marks the group with the mistake as it is typed', async () => {
    const { container } = show(<Typing />);
    await userEvent.type(screen.getByLabelText('License key'), GOOD_KEY.replace('PLANT', 'PLANS'));
    expect(await screen.findByText('A character of group 3 is mistyped.')).toBeDefined();
    const marked = [...container.querySelectorAll('[data-wrong]')].map(group => group.getAttribute('data-group'));
    expect(marked).toEqual(['3']);
    expect(container.querySelector('mark')?.textContent).toBe('S');
  });

  it('finds the key in a whole e-mail that is pasted', async () => {
    const texts: string[] = [];
    show(<Typing onText={text => texts.push(text)} />);
    const field = screen.getByLabelText('License key');
    fireEvent.paste(field, { clipboardData: { getData: () => `Dear customer,\nyour key:\n\n  ${GOOD_KEY}\n\nKind regards` } });
    await waitFor(() => expect((field as HTMLInputElement).value).toBe(GOOD_KEY));
  });

  it('takes a file that is dropped, and one that is uploaded', async () => {
    const { container } = show(<Typing />);
    const field = screen.getByLabelText<HTMLInputElement>('License key');
    const zone = container.querySelector('[data-drop-zone]')!;
    fireEvent.drop(zone, { dataTransfer: { files: [new File([GOOD_KEY], 'license.txt')] } });
    await waitFor(() => expect(field.value).toBe(GOOD_KEY));
    await userEvent.clear(field);
    await userEvent.upload(screen.getByLabelText<HTMLInputElement>('Upload a license key file'), new File([GOOD_KEY], 'license.txt', { type: 'text/plain' }));
    await waitFor(() => expect(field.value).toBe(GOOD_KEY));
  });

  it('says that a file of a megabyte is no key, without reading it', async () => {
    const { container } = show(<Typing />);
    fireEvent.drop(container.querySelector('[data-drop-zone]')!, { dataTransfer: { files: [new File(['x'.repeat(1_000_000)], 'photo.jpg')] } });
    expect(await screen.findByText(/photo\.jpg has 1,000 kB: it is no license key/)).toBeDefined();
  });
});

describe('the document box', () => {
  const text = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');

  it('never shows a long document without a fold', async () => {
    show(<DocumentBox name="Code" text={text} file="code.txt" />);
    expect(screen.queryByText(/line 39/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 40 lines' }));
    expect(screen.getByText(/line 39/)).toBeDefined();
  });

  it('copies all of it, also what is folded away', async () => {
    const copied: string[] = [];
    vi.stubGlobal('isSecureContext', true);
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (given: string) => { copied.push(given); return Promise.resolve(); } } });
    show(<DocumentBox name="Code" text={text} file="code.txt" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
    expect(copied).toEqual([text]);
  });

  it('hands the file on where the device can do that, and is no reproach to who changes their mind', async () => {
    const { unmount } = show(<DocumentBox name="Code" text={text} file="code.txt" />);
    expect(screen.queryByRole('button', { name: 'Send on' })).toBeNull();
    unmount();
    const shared: string[] = [];
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, {
      canShare: () => true,
      share: async ({ files }: { files: File[] }) => { shared.push(files[0]!.name, new TextDecoder().decode(await files[0]!.arrayBuffer())); throw new DOMException('', 'AbortError'); },
    }));
    show(<DocumentBox name="Code" text={text} file="code.txt" />);
    fireEvent.click(screen.getByRole('button', { name: 'Send on' }));
    await waitFor(() => expect(shared).toEqual(['code.txt', text]));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a question', () => {
  it('has a button that says what it does, and Escape leaves all as it is', async () => {
    const yes = vi.fn();
    const no = vi.fn();
    show(<Confirm title="Deactivate plant-a?" does="Deactivate this server" destroys onYes={yes} onNo={no}>It gives its license back.</Confirm>);
    expect(screen.queryByRole('button', { name: 'OK' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(no).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'Deactivate this server' }));
    expect(yes).toHaveBeenCalledOnce();
  });
});

it('what is not available yet is there, marked so, and cannot be chosen', async () => {
  const chosen = vi.fn();
  show(<Choices label="Method" chosen="online" onChoose={chosen} of={[{ id: 'online', title: 'Online', available: true }, { id: 'offline', title: 'Offline', text: 'By letter', available: false }]} />);
  expect(screen.getByText('Not available')).toBeDefined();
  await userEvent.click(screen.getByText('Offline'));
  expect(chosen).not.toHaveBeenCalled();
});

it('a sentence of the server has its instants written for its reader, with the exact one on hover', () => {
  const { container } = show(<Sentence text="Support until {2031-03-31T00:00:00Z}, at least" />);
  const moment = container.querySelector('time')!;
  expect(moment.textContent).toMatch(/^31 March 2031 \(in [0-9,]+ days\)$/);
  expect(moment.getAttribute('title')).toContain('2031-03-31T00:00:00Z');
  expect(container.textContent).toMatch(/^Support until 31 March 2031 .*, at least$/);
});

it('a moment of today stands "at" its time, one of another day "on" its day, in a sentence that was written for either', () => {
  const said = (moment: Date) => {
    const { container } = show(<Sentence text={`The lease ended on {${moment.toISOString()}}. On {${moment.toISOString()}} on`} />);
    return container.textContent;
  };
  expect(said(new Date())).toMatch(/^The lease ended at \d+:\d+\. At \d+:\d+ on$/);
  const longAgo = new Date();
  longAgo.setDate(longAgo.getDate() - 40);
  expect(said(longAgo)).toMatch(/^The lease ended on \d+ \w+ \d+ \(40 days ago\)\. On \d+ /);
});

it('a text of the server is shown as text, whatever it holds', () => {
  const { container } = show(<Sentence text={'<img src=x onerror=alert(1)> {not-an-instant}'} />);
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toBe('<img src=x onerror=alert(1)> {not-an-instant}');
});

it('the steps tell where one stands', () => {
  show(<Steps names={['Getting Started', 'Complete']} at={1} />);
  const steps = within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem');
  expect(steps.map(step => step.getAttribute('aria-current'))).toEqual([null, 'step']);
  expect(steps.map(step => step.textContent)).toEqual([expect.stringMatching(/Getting Started$/), expect.stringMatching(/Complete$/)]);
  expect(screen.getByText((_, element) => element?.textContent === '2 of 2: Complete').getAttribute('aria-hidden')).toBe('true');
});

describe('a request', () => {
  it('that changes something carries the header that no foreign page can send; one that reads does not', async () => {
    const headers: (string | null)[] = [];
    vi.stubGlobal('fetch', (_: string, options: { headers: Record<string, string> }) => { headers.push(new Headers(options.headers).get('X-Charter-Page')); return Promise.resolve(new Response('{}')); });
    await request('GET', '/api/x');
    await request('POST', '/api/x', {});
    await request('DELETE', '/api/x');
    expect(headers).toEqual([null, '1', '1']);
  });

  it('that is refused tells the detail and the code of the problem', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ title: 'No.', detail: 'You may not do this here.', code: 'NOT_ALLOWED' }), { status: 403 })));
    await expect(request('POST', '/api/x')).rejects.toMatchObject({ message: 'You may not do this here.', code: 'NOT_ALLOWED', status: 403 });
  });

  it('that a proxy answers with a page of its own is not taken for an answer', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>Log in to the network</html>')));
    await expect(request('GET', '/api/x')).rejects.toThrow(/perhaps a proxy/);
  });

  it('that reaches nobody says so, and what to check', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const failure = await request('GET', '/api/x').catch((problem: unknown) => problem);
    expect(failure).toBeInstanceOf(Problem);
    expect((failure as Problem).away).toBe(true);
  });
});

it('a moment in a list is told by how long ago it was, or how long it is until then', () => {
  const { container } = show(<><Moment at={new Date(Date.now() - 7_500_000).toISOString()} as="ago" />; <Moment at={new Date(Date.now() + 259_500_000).toISOString()} as="left" />; <Moment at={new Date(Date.now() - 1).toISOString()} as="left" /></>);
  expect(container.textContent).toMatch(/2 h 5 min ago; in 3 days; now$/);
});
