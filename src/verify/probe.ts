import { tryParseJson } from '../json/try-parse-json.ts';
import { openExchange } from './open-exchange.ts';
import { verifyLimits } from './verify-limits.ts';

/** Nothing at the address can be checked. The message says why, in one line. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** What a server answers to a request that is no audit's. */
export interface Probe {
  /** Below the API's address. */
  path: string;
  status: number;
  /** Where it sends us instead. */
  location: string | undefined;
  retryAfter: string | undefined;
  isPage: boolean;
  /** `undefined` when it is not JSON. */
  body: unknown;
}

export interface ProbeOptions {
  /** The API's address, up to and including `/v1`. */
  base: string;
  key: string | undefined;
  timeoutMs: number;
}

/** Asks once, with POST when there is a body. Rejects with an UnreachableError when there is no whole answer. */
export async function probe(path: string, { base, key, timeoutMs }: ProbeOptions, body?: object): Promise<Probe> {
  const url = new URL(`${base}${path}`);
  const headers: Record<string, string> = {
    accept: '*/*',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const request =
    body === undefined
      ? { method: 'GET', url, headers }
      : { method: 'POST', url, headers, body: Buffer.from(JSON.stringify(body)) };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await openExchange(request, signal);
    const { location, 'retry-after': retryAfter, 'content-type': type = '' } = reply.headers;
    const text = await readText(reply.chunks);
    return {
      path,
      status: reply.status,
      location,
      retryAfter,
      isPage: /\bhtml\b/i.test(type),
      body: tryParseJson(text),
    };
  } catch (reason) {
    throw new UnreachableError(`${url.origin} can't be reached: ${describe(reason, signal)}.`);
  }
}

async function readText(chunks: AsyncIterable<Buffer>): Promise<string> {
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes > verifyLimits.replyBytes) break;
  }
  return Buffer.concat(read).toString();
}

function describe(reason: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it does not answer';
  const code = reason instanceof Error && 'code' in reason ? `${reason.code}` : `${reason}`;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
  if (code.startsWith('HPE_')) return `it does not speak HTTP (${code})`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `it does not speak TLS (${code})`;
  if (/CERT|ISSUER|SIGNATURE/.test(code)) return `its certificate is not trusted (${code})`;
  return `the connection broke (${code})`;
}
