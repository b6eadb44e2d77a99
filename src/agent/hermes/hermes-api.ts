import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import { createSseDecoder } from '../../sse/decode-sse.ts';
import { fromConnectionError } from '../upstream/errors/from-connection-error.ts';
import { fromErrorResponse } from '../upstream/errors/from-error-response.ts';
import { parseObject } from '../upstream/parse-object.ts';
import type { UpstreamLimits } from '../upstream/upstream-limits.ts';
import type { HermesEvent, HermesMessage, HermesTranscript } from './hermes-event.ts';

export interface HermesApiOptions {
  /** Carries the runs, one connection each. */
  runs: Dispatcher;
  /** Carries everything else, so that stopping a run never waits behind runs. */
  control: Dispatcher;
  /** The base URL of the API, with or without `/v1`. */
  base: URL;
  /** Sent with every request, as undici's flat list. */
  headers: readonly string[];
  limits: UpstreamLimits;
}

interface HermesRequest extends Pick<Dispatcher.RequestOptions, 'method' | 'signal' | 'headersTimeout' | 'bodyTimeout'> {
  path: string;
  headers?: readonly string[];
  body?: object;
}

const retryableStatuses = new Set([429, 502, 503, 504]);

/** The operations of Hermes' API server that runs need. They reject with an `ApiError`. */
export class HermesApi {
  readonly #options: HermesApiOptions;
  readonly #root: string;

  constructor(options: HermesApiOptions) {
    this.#options = options;
    this.#root = options.base.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  }

  /**
   * Starts a run and returns its id. It cannot be aborted: Hermes may have accepted the run, and then it must be stopped.
   */
  async startRun(body: object, headers: readonly string[]): Promise<string> {
    const { upstreamFirstByteMs, upstreamErrorMs } = this.#options.limits;
    const timeouts = { headersTimeout: upstreamFirstByteMs, bodyTimeout: upstreamErrorMs };
    const post = { path: '/v1/runs', method: 'POST' as const, headers, body, ...timeouts };
    const { run_id: id } = await this.#readObject(this.#options.runs, post);
    if (typeof id !== 'string') throw new ApiError('upstream_error', 'The agent started a run without an id.');
    return id;
  }

  /** Reads the events of a run, those of one read together. Its comments keep the connection alive during long tools. */
  async *events(runId: string, signal: AbortSignal): AsyncGenerator<HermesEvent[]> {
    const { limits, runs } = this.#options;
    const timeouts = { headersTimeout: limits.upstreamFirstByteMs, bodyTimeout: limits.upstreamIdleMs };
    const body = await this.#open(runs, { path: toRunPath(runId, 'events'), method: 'GET', signal, ...timeouts });
    let events: HermesEvent[] = [];
    const decoder = createSseDecoder({
      maxEventBytes: limits.upstreamEventBytes,
      onEvent: (data) => events.push(parseObject(data)),
    });
    try {
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
    const path = `/api/sessions/${encodeURIComponent(sessionId)}/messages`;
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
  #control({ signal, ...request }: HermesRequest & { signal?: AbortSignal }): Promise<Record<string, unknown>> {
    const timeout = AbortSignal.timeout(this.#options.limits.upstreamControlMs);
    const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    return this.#readObject(this.#options.control, { ...request, signal: either });
  }

  async #readObject(pool: Dispatcher, request: HermesRequest): Promise<Record<string, unknown>> {
    const body = await this.#open(pool, request);
    const text = await readText(body, this.#options.limits.upstreamEventBytes);
    return { ...parseObject(text) };
  }

  /** Returns the body of an answer. Throws the error of a refusal. */
  async #open(pool: Dispatcher, { path, headers = [], body, ...request }: HermesRequest) {
    const { search } = this.#options.base;
    const sent = [...this.#options.headers, ...headers, ...(body ? ['content-type', 'application/json'] : [])];
    const answer = await pool
      .request({
        ...request,
        path: `${this.#root}${path}${search}`,
        headers: sent,
        body: body === undefined ? null : JSON.stringify(body),
      })
      .catch((error: unknown) => {
        throw fromConnectionError(error, 'connecting');
      });
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.body;
    const text = await readText(answer.body, this.#options.limits.upstreamErrorBytes);
    throw fromErrorResponse({ status: answer.statusCode, headers: answer.headers, text });
  }
}

const toRunPath = (runId: string, operation: string): string => `/v1/runs/${encodeURIComponent(runId)}/${operation}`;

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
