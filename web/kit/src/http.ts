/** Talking to the server that brought the page. */

/** What a server answers when it cannot do what was asked (RFC 9457), and what stands here when there was no answer. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string | undefined = undefined,
    readonly traceId: string | undefined = undefined,
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** The server was not reached at all. */
  get away(): boolean {
    return this.status === 0;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const AWAY = 'This server does not answer. Check that it runs and that this computer reaches it; the page tries again by itself.';

/**
 * One request to the page's own server; with a change goes the header that no foreign page can send.
 *
 * @throws Problem for every answer that is not a success, and for none
 */
export async function request(method: Method, address: string, body?: unknown): Promise<unknown> {
  const answer = await answerTo(method, address, body);
  const text = await answer.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem(answer.status, `What answered at ${address} is not this product: perhaps a proxy. Reach the server directly.`);
  }
}

/** The same, for what is not JSON: a file to download. */
export async function answerTo(method: Method, address: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, */*;q=0.1' };
  if (method !== 'GET') headers['X-Charter-Page'] = '1';
  const raw = body instanceof Blob;
  if (body !== undefined) headers['Content-Type'] = raw ? body.type || 'application/octet-stream' : 'application/json';
  let answer: Response;
  try {
    answer = await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(0, AWAY);
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function problemOf(answer: Response): Promise<Problem> {
  const text = await answer.text();
  try {
    const told = JSON.parse(text) as { title?: string; detail?: string; code?: string; traceId?: string };
    return new Problem(answer.status, told.detail ?? told.title ?? `The server answered ${answer.status}.`, told.code, told.traceId);
  } catch {
    return new Problem(answer.status, `The server answered ${answer.status}, without saying why.`);
  }
}

/** What the message of a failure is, for people. */
export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** The body of an operation's answer, by the types that were made from the server's OpenAPI. */
export type Answer<Operation> = Operation extends { responses: infer Responses }
  ? 200 extends keyof Responses
    ? Responses[200] extends { content: infer Content } ? Content[keyof Content] : undefined
    : undefined
  : never;

/** The body of an operation's request. */
export type Body<Operation> = Operation extends { requestBody?: infer Request }
  ? NonNullable<Request> extends { content: infer Content } ? Content[keyof Content] : never
  : never;
