import { request, type Answer, type Body } from '@charter/kit';
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

type Parameters = Record<string, string>;
export type Query = Record<string, string | number | boolean | undefined>;

/** A text as it stands in an address: base64url of its UTF-8, so that slashes and all else come through. */
export function inAddress(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A path of the server with its parameters in their places, and with what is asked. */
export function addressOf(path: string, parameters: Parameters = {}, query: Query = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.set(name, String(value));
  const text = asked.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

interface How {
  /** Read again after so many milliseconds. */
  every?: number;
  parameters?: Parameters;
  query?: Query;
  when?: boolean;
  /** While other pages of it are fetched, the old one stays. */
  keep?: boolean;
}

/** What the server answers at that path, whatever it is. */
export function useReading<Answer>(path: string, { every, parameters, query, when = true, keep = false }: How = {}): UseQueryResult<Answer> {
  return useQuery({
    queryKey: [path, parameters ?? {}, query ?? {}],
    queryFn: () => request('GET', addressOf(path, parameters, query)),
    enabled: when,
    retry: false,
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Answer>;
}

export interface Pages<Answer> {
  answer: UseQueryResult<Answer>;
  /** From 0. */
  page: number;
  /** Rows on a page. */
  limit: number;
  onNext: (() => void) | undefined;
  onPrevious: (() => void) | undefined;
}

interface Paging {
  every?: number;
  limit?: number;
  parameters?: Parameters;
  when?: boolean;
}

/** Page after page of a list that the server searches, sorts and cuts. */
export function usePaging<Answer>(path: string, query: Query = {}, { limit = 50, ...how }: Paging = {}): Pages<Answer> {
  const asked = JSON.stringify([query, how.parameters]);
  const [place, setPlace] = useState<{ asked: string; cursors: string[] }>({ asked, cursors: [] });
  // Another question begins at its first page.
  const cursors = place.asked === asked ? place.cursors : [];
  const answer = useReading<Answer>(path, { query: { ...query, limit, after: cursors.at(-1) }, keep: true, ...how });
  const next = (answer.data as { next?: string } | undefined)?.next;
  return {
    answer,
    page: cursors.length,
    limit,
    onNext: next ? () => setPlace({ asked, cursors: [...cursors, next] }) : undefined,
    onPrevious: cursors.length > 0 ? () => setPlace({ asked, cursors: cursors.slice(0, -1) }) : undefined,
  };
}

/** Does something and reads again what it may have changed. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, changed: readonly string[], after?: (result: Result, input: Input) => void): UseMutationResult<Result, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result, input) => {
      await Promise.all(changed.map(path => client.invalidateQueries({ queryKey: [path] })));
      after?.(result, input);
    },
  });
}

type Having<Paths, Verb extends string> = { [Path in keyof Paths]: Paths[Path] extends Record<Verb, object> ? Path : never }[keyof Paths] & string;
type Operation<Paths, Path extends keyof Paths, Verb extends string> = Paths[Path] extends Record<Verb, infer Found> ? Found : never;
/** The paths at which something can be read, of a server's OpenAPI. */
export type Reading<Paths> = Having<Paths, 'get'>;
/** What is read there. */
export type Answered<Paths, Path extends Reading<Paths>> = Answer<Operation<Paths, Path, 'get'>>;

/** A server's REST API, by the types that were made from its OpenAPI. */
interface Api<Paths> {
  read: <Path extends Reading<Paths>>(path: Path, parameters?: Parameters, query?: Query) => Promise<Answered<Paths, Path>>;
  useRead: <Path extends Reading<Paths>>(path: Path, how?: How) => UseQueryResult<Answered<Paths, Path>>;
  usePages: <Path extends Reading<Paths>>(path: Path, query?: Query, paging?: Paging) => Pages<Answered<Paths, Path>>;
  post: <Path extends Having<Paths, 'post'>>(path: Path, body?: Body<Operation<Paths, Path, 'post'>>, parameters?: Parameters) => Promise<Answer<Operation<Paths, Path, 'post'>>>;
  put: <Path extends Having<Paths, 'put'>>(path: Path, body: Body<Operation<Paths, Path, 'put'>>, parameters?: Parameters) => Promise<Answer<Operation<Paths, Path, 'put'>>>;
  remove: <Path extends Having<Paths, 'delete'>>(path: Path, parameters?: Parameters) => Promise<unknown>;
  useChange: <Input, Result>(change: (input: Input) => Promise<Result>, changed: readonly Reading<Paths>[], after?: (result: Result, input: Input) => void) => UseMutationResult<Result, Error, Input>;
}

export function apiOf<Paths>(): Api<Paths> {
  return {
    read: (path: string, parameters?: Parameters, query?: Query) => request('GET', addressOf(path, parameters, query)),
    useRead: useReading,
    usePages: usePaging,
    post: (path: string, body?: unknown, parameters?: Parameters) => request('POST', addressOf(path, parameters), body),
    put: (path: string, body: unknown, parameters?: Parameters) => request('PUT', addressOf(path, parameters), body),
    remove: (path: string, parameters?: Parameters) => request('DELETE', addressOf(path, parameters)),
    useChange,
  } as Api<Paths>;
}
