import { Look } from '@charter/kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import type { Answered } from '../mock/license';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

/** What stands in place of a server. */
export interface Handling {
  handle: (method: string, path: string, body: unknown, query: URLSearchParams) => Answered | undefined;
}

/** Puts that in place of the server, and tells what it was asked. */
export function serverIs(mock: Handling): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (address: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) => {
    const url = new URL(address, 'http://here');
    const method = options.method ?? 'GET';
    const body: unknown = options.body === undefined ? undefined : JSON.parse(options.body);
    asked.push({ method, path: url.pathname, query: url.searchParams, headers: new Headers(options.headers), body });
    const answered = mock.handle(method, url.pathname, body, url.searchParams) ?? { status: 404, body: { title: 'There is nothing here.' } };
    return Promise.resolve(new Response(answered.body === undefined ? null : JSON.stringify(answered.body), { status: answered.status }));
  });
  return asked;
}

/** In place of a server that cannot be reached. */
export function serverIsAway(): void {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
}

export function show(page: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(<QueryClientProvider client={client}><Look mode="light">{page}</Look></QueryClientProvider>);
}

export const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

/** The bodies of what was sent to addresses that end like that. */
export const sent = (asked: readonly Asked[], path: string) => asked.filter(one => one.path.endsWith(path)).map(one => one.body);
