import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import type { AgentEventBatch } from '../agent-client.ts';
import { createBody } from './create-body.ts';
import { EventQueue, type EventSource } from './event-queue.ts';
import { ExchangeTimer } from './exchange-timer.ts';
import { type ExchangeStage, fromConnectionError } from './from-connection-error.ts';
import type { RedactError } from './redact-error.ts';
import type { ResponseBody } from './response-body.ts';
import { toCancelled } from './to-cancelled.ts';
import { toReadError } from './to-read-error.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export type ExchangeOutcome =
  | { type: 'accepted'; events: AsyncIterable<AgentEventBatch> }
  /** Nothing was produced. `isRetryable`: the same request may well be accepted a little later. */
  | { type: 'refused'; error: ApiError; isRetryable: boolean };

export interface ExchangeOptions {
  signal: AbortSignal;
  limits: UpstreamLimits;
  /** A completion that is not streamed, as JSON. */
  maxAnswerBytes: number;
  /** Every error that tells of the upstream passes through it. */
  redact: RedactError;
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

/**
 * undici calls the `on…` methods; the reader of the events calls `pause`, `resume` and `close`. The times are measured
 * here: undici's own count bytes, and comments are bytes.
 */
class ChatExchange implements Dispatcher.DispatchHandler, EventSource {
  readonly #options: ExchangeOptions;
  readonly #settle: (outcome: ExchangeOutcome) => void;
  readonly #onAbort = () => this.#cancel();
  #controller: Controller | undefined;
  #queue: EventQueue | undefined;
  #body: ResponseBody | undefined;
  readonly #timer = new ExchangeTimer();
  /** Of the body, when it was looked at last. */
  #signs = 0;
  /** An error status has come: its body has one time as a whole. */
  #isError = false;
  /** The connection is no longer ours: undici may use it for another request. */
  #isOver = false;

  constructor(options: ExchangeOptions, settle: (outcome: ExchangeOutcome) => void) {
    this.#options = options;
    this.#settle = settle;
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer.measure(options.limits.upstreamConnectionWaitMs, this.#onNoConnection);
  }

  onRequestStart(controller: Controller): void {
    // Cancelled while it waited for a connection: a throw spares that connection, an abort would close it.
    if (this.#isOver) throw toCancelled(this.#options.signal);
    this.#controller = controller;
    this.#timer.measure(this.#options.limits.upstreamFirstByteMs, this.#onNoAnswer);
  }

  /** A throw from here makes undici destroy the socket and call `onResponseError`. */
  onResponseStart(_controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#body = createBody(
      { status, headers },
      {
        limits: this.#options.limits,
        maxAnswerBytes: this.#options.maxAnswerBytes,
        accept: () => this.#accept(),
        refuse: (error) => this.#settleRefused(error, retryableStatuses.has(status)),
      },
    );
    if (status === 200) return;
    this.#isError = true;
    const { upstreamErrorMs, upstreamIdleMs } = this.#options.limits;
    this.#timer.measure(Math.min(upstreamErrorMs, upstreamIdleMs), this.#onSilence);
  }

  onResponseData(_controller: Controller, bytes: Buffer): void {
    const body = this.#body;
    if (body === undefined || this.#isOver) return;
    try {
      body.data(bytes);
    } catch (error) {
      body.fail(toReadError(error));
      this.#stop(toReadError(error));
      return;
    }
    if (body.signs !== this.#signs) this.#follow(body);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
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

  pause(): void {
    if (this.#isOver) return;
    // While the reader is paused, an upstream that sends looks like a silent one.
    this.#timer.pause();
    this.#controller?.pause();
  }

  resume(): void {
    if (this.#isOver) return;
    this.#timer.resume();
    this.#controller?.resume();
  }

  close(): void {
    this.#stop(new Error('the reader has gone'));
  }

  /** The upstream has shown a sign of life: measures the time to what must come next. */
  #follow(body: ResponseBody): void {
    this.#signs = body.signs;
    if (this.#isError) return;
    const { upstreamIdleMs, upstreamFinishMs, upstreamCloseMs } = this.#options.limits;
    if (body.stage === 'done') this.#timer.measure(upstreamCloseMs, this.#onLeftOpen);
    else if (body.stage === 'finished') this.#timer.measure(upstreamFinishMs, this.#onFinished);
    else this.#timer.measure(upstreamIdleMs, this.#onSilence);
  }

  readonly #onNoConnection = () => {
    const error = new ApiError('upstream_timeout', 'No connection to the agent was free in time.');
    this.#stop(error);
    this.#settleRefused(error, false);
  };

  readonly #onNoAnswer = () => this.#giveUp('The agent did not answer in time.');

  readonly #onSilence = () => this.#giveUp('The agent fell silent while it answered.');

  readonly #onFinished = () => {
    try {
      if (this.#body?.settle()) this.#onLeftOpen();
      else this.#timer.measure(this.#options.limits.upstreamIdleMs, this.#onSilence);
    } catch (error) {
      this.#body?.fail(toReadError(error));
      this.#onLeftOpen();
    }
  };

  readonly #onLeftOpen = () => this.#stop(new Error('the upstream left its answer open'));

  #giveUp(message: string): void {
    const error = new ApiError('upstream_timeout', message);
    this.#stop(error);
    if (this.#body === undefined) this.#settleRefused(error, false);
    else this.#cut(this.#body, error);
  }

  #cut(body: ResponseBody, error: ApiError): void {
    try {
      body.cut(error);
    } catch (unreadable) {
      body.fail(toReadError(unreadable));
    }
  }

  #cancel(): void {
    const error = toCancelled(this.#options.signal);
    if (this.#queue === undefined) this.#settleRefused(error, false);
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
    this.#timer.clear();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }

  #refuse(error: unknown, stage: ExchangeStage): void {
    const refusal = fromConnectionError(error, stage);
    this.#settleRefused(refusal, stage === 'connecting' && refusal.code.startsWith('upstream_'));
  }

  #settleRefused(error: ApiError, isRetryable: boolean): void {
    this.#settle({ type: 'refused', error: this.#options.redact(error), isRetryable });
  }

  #accept(): EventQueue {
    const { signal, limits, redact } = this.#options;
    const queue = new EventQueue({ source: this, signal, maxBatches: limits.upstreamQueuedBatches, redact });
    this.#queue = queue;
    this.#settle({ type: 'accepted', events: queue });
    return queue;
  }
}
