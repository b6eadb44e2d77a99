import type { IncomingHttpHeaders } from 'node:http';
import { tryParseJson } from '../json/try-parse-json.ts';
import { isBusy, toBusy } from './busy.ts';
import { openExchange } from './open-exchange.ts';
import type { Pacer } from './pacer.ts';
import { verifyLimits } from './verify-limits.ts';

/** Nothing at the URL can be audited. The message explains why in one line. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The reply to a request made before the audits. */
export interface Probe {
  /** Relative to the base URL. */
  path: string;
  status: number;
  headers: IncomingHttpHeaders;
  isPage: boolean;
  /** `undefined` when it is not JSON. */
  body: unknown;
}

export interface ProbeOptions {
  /** The base URL, up to and including `/v1`. */
  base: string;
  key: string | undefined;
  headers: Record<string, string>;
  timeoutMs: number;
  pacer: Pacer;
}

/**
 * Sends one request, a POST when there is a body; again when the server is overloaded. Rejects with an
 * UnreachableError without a whole reply.
 */
export async function probe(path: string, options: ProbeOptions, body?: object): Promise<Probe> {
  const first = await probeOnce(path, options, body);
  if (!isBusy(first.status, first.headers)) return first;
  const { retryMs } = toBusy('is busy', first.headers);
  if (retryMs === undefined) return first;
  options.pacer.pause(retryMs);
  return probeOnce(path, options, body);
}

async function probeOnce(path: string, options: ProbeOptions, body: object | undefined): Promise<Probe> {
  const { base, key, timeoutMs, pacer } = options;
  const url = new URL(`${base}${path}`);
  const headers: Record<string, string> = {
    accept: '*/*',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...options.headers,
  };
  const request =
    body === undefined
      ? { method: 'GET', url, headers }
      : { method: 'POST', url, headers, body: Buffer.from(JSON.stringify(body)) };
  await pacer.turn();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await openExchange(request, signal);
    const { 'content-type': type = '' } = reply.headers;
    const text = await readText(reply.chunks);
    return {
      path,
      status: reply.status,
      headers: reply.headers,
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
  if (signal.aborted) return 'the request timed out';
  const code = reason instanceof Error && 'code' in reason ? `${reason.code}` : `${reason}`;
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host does not exist';
  if (code.startsWith('HPE_')) return `it does not speak HTTP (${code})`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `it does not speak TLS (${code})`;
  if (/CERT|ISSUER|SIGNATURE/.test(code)) return `its certificate is not trusted (${code})`;
  return `the connection broke (${code})`;
}
