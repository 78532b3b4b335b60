import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { within } from '@testing-library/react';

const PROJECT = join(import.meta.dirname, '../..');

/** What a server whose contracts these are can be asked to change at its console, as its audit log names it. */
export function changesOf(...contracts: readonly string[]): readonly string[] {
  return contracts.flatMap(contract => {
    const { paths } = JSON.parse(readFileSync(join(PROJECT, contract), 'utf8')) as { paths: Record<string, object> };
    return Object.entries(paths).filter(([path]) => path.startsWith('/api/')).flatMap(([path, methods]) => Object.keys(methods).filter(method => method !== 'get').map(method => `${method.toUpperCase()} ${path}`));
  });
}

/** What a file of the project names in that way. */
export const namesIn = (file: string, way: RegExp) => [...readFileSync(join(PROJECT, file), 'utf8').matchAll(way)].map(([, name]) => name!);

/** Those entries of an audit log, as a page of it. */
export const entriesOf = (actions: readonly string[], status: number) =>
  actions.map((action, index) => ({ number: index + 1, at: '2026-11-22T12:00:00Z', who: 'admin', action, target: '', status, detail: '', address: '127.0.0.1' }));

/** What a table of an audit log says was done, and what came of it. */
export const toldIn = (table: HTMLElement) => within(table).getAllByRole('row').slice(1).map(row => {
  const [, , what, outcome] = [...row.querySelectorAll('td, th')].map(cell => cell.lastElementChild?.textContent ?? '');
  return { what, outcome };
});
