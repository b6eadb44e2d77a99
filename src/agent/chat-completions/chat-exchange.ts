import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import type { AgentEventBatch } from '../agent-client.ts';
import { EventQueue, type EventSource } from './event-queue.ts';
import { fromChatCompletion } from './from-chat-completion.ts';
import { type ExchangeStage, fromConnectionError } from './from-connection-error.ts';
import { fromErrorResponse } from './from-error-response.ts';
import { createCollectedBody, createEventBody, type ResponseBody } from './response-body.ts';
import { toCancelled } from './to-cancelled.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export type ExchangeOutcome =
  | { type: 'accepted'; events: AsyncIterable<AgentEventBatch> }
  /** Nothing was produced. `isRetryable`: the same request may well be accepted a little later. */
  | { type: 'refused'; error: ApiError; isRetryable: boolean };

export interface ExchangeOptions {
  signal: AbortSignal;
  limits: UpstreamLimits;
}

type Controller = Dispatcher.DispatchController;

/** Statuses that say "not now": by a limit, or by a proxy whose server is restarting. */
const retryableStatuses = new Set([429, 502, 503, 504]);

/**
 * One request to the upstream and its answer. Settles when the upstream has accepted or refused; from then on its
 * bytes are read by the queue's pace. Never rejects.
 */
export function openExchange(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<ExchangeOutcome> {
  const { signal } = options;
  if (signal.aborted) return Promise.resolve({ type: 'refused', error: toCancelled(signal), isRetryable: false });
  return new Promise((resolve) => {
    pool.dispatch(request, new ChatExchange(options, resolve));
  });
}

/** undici calls the `on…` methods; the reader of the events calls `pause`, `resume` and `close`. */
class ChatExchange implements Dispatcher.DispatchHandler, EventSource {
  readonly #signal: AbortSignal;
  readonly #limits: UpstreamLimits;
  readonly #settle: (outcome: ExchangeOutcome) => void;
  readonly #onAbort = () => this.#cancel();
  #controller: Controller | undefined;
  #queue: EventQueue | undefined;
  #body: ResponseBody | undefined;
  /** The connection is no longer ours: undici may use it for another request. */
  #isOver = false;

  constructor({ signal, limits }: ExchangeOptions, settle: (outcome: ExchangeOutcome) => void) {
    this.#signal = signal;
    this.#limits = limits;
    this.#settle = settle;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Controller): void {
    // Cancelled while it waited for a connection: a throw spares that connection, an abort would close it.
    if (this.#isOver) throw toCancelled(this.#signal);
    this.#controller = controller;
  }

  /** A throw from here makes undici destroy the socket and call `onResponseError`. */
  onResponseStart(_controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status >= 200) this.#body = this.#toBody(status, headers);
  }

  onResponseData(_controller: Controller, bytes: Buffer): void {
    try {
      this.#body?.data(bytes);
    } catch (error) {
      this.#body?.fail(toReadError(error));
      this.#stop(toReadError(error));
    }
  }

  onResponseEnd(): void {
    this.#release();
    try {
      this.#body?.end();
    } catch (error) {
      this.#body?.fail(toReadError(error));
    }
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    if (this.#isOver) return;
    this.#release();
    if (this.#body !== undefined) this.#cut(this.#body, fromConnectionError(error, 'answering'));
    else this.#refuse(error, this.#controller === undefined ? 'connecting' : 'sent');
  }

  #cut(body: ResponseBody, error: ApiError): void {
    try {
      body.cut(error);
    } catch (unreadable) {
      body.fail(toReadError(unreadable));
    }
  }

  pause(): void {
    if (!this.#isOver) this.#controller?.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#controller?.resume();
  }

  close(): void {
    this.#stop(new Error('the reader has gone'));
  }

  #cancel(): void {
    const error = toCancelled(this.#signal);
    if (this.#queue === undefined) this.#settle({ type: 'refused', error, isRetryable: false });
    else this.#queue.cancel(error);
    this.#stop(error);
  }

  /** Destroys the socket, unless the answer has been read whole. */
  #stop(reason: Error): void {
    if (this.#isOver) return;
    this.#release();
    this.#controller?.abort(reason);
  }

  #release(): void {
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #refuse(error: unknown, stage: ExchangeStage): void {
    const refusal = fromConnectionError(error, stage);
    const isRetryable = stage === 'connecting' && refusal.code.startsWith('upstream_');
    this.#settle({ type: 'refused', error: refusal, isRetryable });
  }

  #toBody(status: number, headers: IncomingHttpHeaders): ResponseBody {
    const contentType = toMediaType(headers['content-type']);
    if (status !== 200) return this.#createErrorBody(status, headers);
    if (contentType === 'application/json') return this.#createCompletionBody();
    // Some servers name no type at all.
    if (contentType === 'text/event-stream' || contentType === '') return this.#createStreamBody();
    throw new ApiError('upstream_error', 'The agent answered with something other than an event stream.');
  }

  #createStreamBody(): ResponseBody {
    const queue = this.#accept();
    return createEventBody(queue, this.#limits.upstreamEventBytes);
  }

  #createCompletionBody(): ResponseBody {
    return createCollectedBody({
      maxBytes: this.#limits.upstreamEventBytes,
      onEnd: (text) => {
        const events = fromChatCompletion(text);
        const queue = this.#accept();
        queue.push(events);
        queue.end();
      },
      onFail: (error) => this.#settle({ type: 'refused', error, isRetryable: false }),
    });
  }

  #createErrorBody(status: number, headers: IncomingHttpHeaders): ResponseBody {
    const refuse = (text: string) => {
      const error = fromErrorResponse({ status, headers, text });
      this.#settle({ type: 'refused', error, isRetryable: retryableStatuses.has(status) });
    };
    // The status says enough when the body breaks off.
    return createCollectedBody({
      maxBytes: this.#limits.upstreamErrorBytes,
      onEnd: refuse,
      onFail: (_error, text) => refuse(text),
    });
  }

  #accept(): EventQueue {
    const queue = new EventQueue({
      source: this,
      signal: this.#signal,
      maxBatches: this.#limits.upstreamQueuedBatches,
    });
    this.#queue = queue;
    this.#settle({ type: 'accepted', events: queue });
    return queue;
  }
}

function toMediaType(header: string | undefined): string {
  return header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whatever an upstream sends, reading it fails as its fault. */
function toReadError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('upstream_error', "The agent's answer could not be read.", { cause: error });
}
