import { request, type Answer, type Body } from '@charter/kit';
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { paths } from '../../generated/console';

type Having<Verb extends string> = { [Path in keyof paths]: paths[Path] extends Record<Verb, object> ? Path : never }[keyof paths] & string;
export type Reads = Having<'get'>;
export type ReadOf<Path extends Reads> = Answer<NonNullable<paths[Path]['get']>>;
type Parameters = Record<string, string>;
type Query = Record<string, string | number | boolean | undefined>;

/** A text as it stands in an address: base64url of its UTF-8, so that slashes and all else come through. */
export function inAddress(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function addressOf(path: string, parameters: Parameters = {}, query: Query = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.set(name, String(value));
  const text = asked.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

export function read<Path extends Reads>(path: Path, parameters?: Parameters, query?: Query): Promise<ReadOf<Path>> {
  return request('GET', addressOf(path, parameters, query)) as Promise<ReadOf<Path>>;
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

export function useRead<Path extends Reads>(path: Path, { every, parameters, query, when = true, keep = false }: How = {}): UseQueryResult<ReadOf<Path>> {
  return useQuery({
    queryKey: [path, parameters ?? {}, query ?? {}],
    queryFn: () => read(path, parameters, query),
    enabled: when,
    retry: false,
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<ReadOf<Path>>;
}

type BodyAt<Path extends keyof paths, Verb extends 'post' | 'put'> = paths[Path] extends Record<Verb, infer Operation> ? Body<Operation> : never;
type AnswerAt<Path extends keyof paths, Verb extends 'post' | 'put' | 'delete'> = paths[Path] extends Record<Verb, infer Operation> ? Answer<Operation> : never;

export const post = <Path extends Having<'post'>>(path: Path, body?: BodyAt<Path, 'post'>, parameters?: Parameters) =>
  request('POST', addressOf(path, parameters), body) as Promise<AnswerAt<Path, 'post'>>;
export const put = <Path extends Having<'put'>>(path: Path, body: BodyAt<Path, 'put'>, parameters?: Parameters) =>
  request('PUT', addressOf(path, parameters), body) as Promise<AnswerAt<Path, 'put'>>;
export const remove = <Path extends Having<'delete'>>(path: Path, parameters?: Parameters) => request('DELETE', addressOf(path, parameters)) as Promise<unknown>;

/** Does something and reads again what it may have changed. */
export function useChange<Input, Result>(change: (input: Input) => Promise<Result>, changed: readonly Reads[], after?: (result: Result, input: Input) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result, input) => {
      await Promise.all(changed.map(path => client.invalidateQueries({ queryKey: [path] })));
      after?.(result, input);
    },
  });
}
