import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Handling } from './against';

const PROJECT = join(import.meta.dirname, '../..');

/** What a server whose contracts these are can be asked to change at its console, as its audit log names it. */
function changesOf(contracts: readonly string[]): readonly string[] {
  return contracts.flatMap(contract => {
    const { paths } = JSON.parse(readFileSync(join(PROJECT, contract), 'utf8')) as { paths: Record<string, object> };
    return Object.entries(paths).filter(([path]) => path.startsWith('/api/')).flatMap(([path, methods]) => Object.keys(methods).filter(method => method !== 'get').map(method => `${method.toUpperCase()} ${path}`));
  });
}

/** What a file of the project names in that way. */
export const namesIn = (file: string, way: RegExp) => [...readFileSync(join(PROJECT, file), 'utf8').matchAll(way)].map(([, name]) => name!);

/** Puts those entries into the audit log of that server, each answered with that status, and reads what its page says was done, and what came of it. */
export async function toldOf(server: Handling, actions: readonly string[], status = 0) {
  const items = actions.map((action, index) => ({ number: index + 1, at: '2026-11-22T12:00:00Z', who: 'admin', action, target: '', status, detail: '', address: '127.0.0.1' }));
  const handle = server.handle.bind(server);
  server.handle = (method, path, body, query) => (path === '/api/audit' ? { status: 200, body: { items } } : handle(method, path, body, query));
  return within(await screen.findByRole('table', { name: 'Audit log' })).getAllByRole('row').slice(1).map(row => {
    const [, , what = '', outcome] = [...row.querySelectorAll('td, th')].map(cell => cell.lastElementChild?.textContent ?? '');
    return { what, outcome };
  });
}

/** What the audit log of every console promises. `visit` opens its page and is given the server that stands behind it; `contracts` say what that can be asked. */
export function tellsWhatWasDone(visit: () => Handling, ...contracts: readonly string[]): void {
  const told = (status: number) => toldOf(visit(), changesOf(contracts), status);

  it('tells in words of everything that can be changed here', async () => {
    const done = await told(200);
    expect(done.length).toBeGreaterThan(0);
    for (const { what, outcome } of done) {
      expect(what).toMatch(/^[A-Z][^/]*$/);
      expect(outcome).toBe('done');
    }
  });

  it('tells of nothing that was refused, or that failed, as if it had been done', async () => {
    const done = new Set((await told(200)).map(one => one.what));
    cleanup();
    const refused = await told(403);
    expect(refused).toContainEqual({ what: 'Login', outcome: 'refused (403)' });
    expect(refused.filter(one => done.has(one.what))).toEqual([]);
    cleanup();
    expect(await told(503)).toEqual(refused.map(({ what }) => ({ what, outcome: 'failed (503)' })));
  });
}
