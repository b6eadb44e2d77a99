import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import { createSseDecoder } from '../../sse/decode-sse.ts';
import { fromConnectionError } from '../upstream/errors/from-connection-error.ts';
import { fromErrorResponse } from '../upstream/errors/from-error-response.ts';
import { toReadError } from '../upstream/errors/to-read-error.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { Transport } from '../upstream/transport/create-transport.ts';
import type { UpstreamLimits } from '../upstream/upstream-limits.ts';
import type { HermesEvent, HermesMessage, HermesTranscript } from './hermes-event.ts';

export interface HermesApiOptions {
  /** Its base is the root of the server, which `/v1` and `/api` lie below. */
  transport: Transport;
  /** Names and values of the headers of every request. */
  headers: readonly string[];
  limits: UpstreamLimits;
}

type StartOutcome = { type: 'accepted'; runId: string } | { type: 'refused'; error: ApiError; isRetryable: boolean };

interface HermesRequest extends Pick<Dispatcher.RequestOptions, 'method' | 'headersTimeout' | 'bodyTimeout'> {
  path: string;
  headers?: readonly string[];
  body?: object;
  signal?: AbortSignal;
}

const retryableStatuses = new Set([429, 502, 503, 504]);
/** Codes of failures before the request was sent. */
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The operations of Hermes' API server that runs need. They reject with an `ApiError`. */
export class HermesApi {
  readonly #options: HermesApiOptions;

  constructor(options: HermesApiOptions) {
    this.#options = options;
  }

  /** Starts a run. It cannot be aborted: Hermes may have accepted the run, which must be stopped then. Never rejects. */
  async startRun(body: object, headers: readonly string[]): Promise<StartOutcome> {
    const { transport, limits } = this.#options;
    const timeouts = { headersTimeout: limits.upstreamFirstByteMs, bodyTimeout: limits.upstreamErrorMs };
    let isRetryable = false;
    try {
      const post = { path: 'v1/runs', method: 'POST' as const, headers, body, ...timeouts };
      const answer = await this.#send(transport.runs, post).catch((error: unknown) => {
        isRetryable = isUnreachable(error);
        throw fromConnectionError(error, isRetryable ? 'connecting' : 'sent');
      });
      isRetryable = retryableStatuses.has(answer.statusCode);
      const { run_id: runId } = await this.#readObject(answer);
      if (typeof runId === 'string') return { type: 'accepted', runId };
      throw new ApiError('upstream_error', 'The agent started a run without an id.');
    } catch (error) {
      return { type: 'refused', error: toReadError(error), isRetryable };
    }
  }

  /** Reads the events of a run, those of one read together. Its comments keep the connection alive during long tools. */
  async *events(runId: string, signal: AbortSignal): AsyncGenerator<HermesEvent[]> {
    const { limits, transport } = this.#options;
    const timeouts = { headersTimeout: limits.upstreamFirstByteMs, bodyTimeout: limits.upstreamIdleMs };
    let events: HermesEvent[] = [];
    const decoder = createSseDecoder({
      maxEventBytes: limits.upstreamEventBytes,
      onEvent: (data) => events.push(parseObject(data)),
    });
    try {
      const get = { path: toRunPath(runId, 'events'), method: 'GET' as const, signal, ...timeouts };
      const body = await this.#accept(await this.#send(transport.runs, get));
      for await (const bytes of body) {
        decoder.feed(bytes);
        if (events.length > 0) yield events;
        events = [];
      }
    } catch (error) {
      throw fromConnectionError(error, 'answering');
    }
  }

  async transcript(sessionId: string, signal: AbortSignal): Promise<HermesTranscript> {
    const path = `api/sessions/${encodeURIComponent(sessionId)}/messages`;
    const answer = await this.#control({ path, method: 'GET', signal });
    const { session_id: id, data } = answer;
    if (!Array.isArray(data)) throw new ApiError('upstream_error', 'The agent sent a session without messages.');
    const messages: HermesMessage[] = data.filter(isObject);
    return { sessionId: typeof id === 'string' ? id : sessionId, messages };
  }

  /** Stops a run, and the tool that it runs. */
  async stop(runId: string): Promise<void> {
    await this.#control({ path: toRunPath(runId, 'stop'), method: 'POST', body: {} });
  }

  /** Denies what a run asks approval for. */
  async deny(runId: string): Promise<void> {
    await this.#control({ path: toRunPath(runId, 'approval'), method: 'POST', body: { choice: 'deny', all: true } });
  }

  /** Sends a request that takes no thinking, with one time-out as a whole. */
  async #control({ signal, ...request }: HermesRequest): Promise<Record<string, unknown>> {
    const timeout = AbortSignal.timeout(this.#options.limits.upstreamControlMs);
    const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    try {
      return await this.#readObject(
        await this.#send(this.#options.transport.catalogue, { ...request, signal: either }),
      );
    } catch (error) {
      throw timeout.aborted ? new ApiError('upstream_timeout', 'The agent did not answer in time.') : error;
    }
  }

  #send(pool: Dispatcher, { path, headers = [], body, ...request }: HermesRequest): Promise<Dispatcher.ResponseData> {
    const { transport, headers: shared } = this.#options;
    const json = body === undefined ? [] : ['content-type', 'application/json'];
    return pool.request({
      ...request,
      path: transport.toPath(path),
      headers: [...shared, ...headers, ...json],
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** Returns the body of an answer. Throws the error of a refusal. */
  async #accept({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<AsyncIterable<Buffer>> {
    if (status >= 200 && status < 300) return body;
    throw fromErrorResponse({ status, headers, text: await readText(body, this.#options.limits.upstreamErrorBytes) });
  }

  async #readObject(answer: Dispatcher.ResponseData): Promise<Record<string, unknown>> {
    return { ...parseObject(await readText(await this.#accept(answer), this.#options.limits.upstreamEventBytes)) };
  }
}

const toRunPath = (runId: string, operation: string): string => `v1/runs/${encodeURIComponent(runId)}/${operation}`;

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > maxBytes) throw new ApiError('upstream_error', "The agent's answer is too long.");
      chunks.push(chunk);
    }
  } catch (error) {
    throw fromConnectionError(error, 'answering');
  }
  return Buffer.concat(chunks).toString();
}

function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_CONNECT_TIMEOUT' || (typeof code === 'string' && unreachable.has(code));
}
