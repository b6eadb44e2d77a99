import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ApiError } from '../../../errors/api-error.ts';
import { toAbortError } from '../../abort.ts';
import type { AgentEventBatch, AgentRequest } from '../../agent-client.ts';
import { type ExchangeStage, fromConnectionError } from '../errors/from-connection-error.ts';
import type { RedactError } from '../errors/redact-error.ts';
import { toReadError } from '../errors/to-read-error.ts';
import type { Refusal } from '../read-refusal.ts';
import type { UpstreamContext, UpstreamFormat } from '../upstream-format.ts';
import type { UpstreamLimits } from '../upstream-limits.ts';
import { createBody, isRetryable, isSuccess } from './create-body.ts';
import { EventQueue, type EventSource } from './event-queue.ts';
import { ExchangeTimer } from './exchange-timer.ts';
import type { ResponseBody } from './response-body.ts';

export type ExchangeOutcome =
  | { type: 'accepted'; events: AsyncIterable<AgentEventBatch> }
  /** No output was produced. `isRetryable`: the failure is transient. `refusal`: it concerns the form of the request. */
  | { type: 'refused'; error: ApiError; isRetryable: boolean; refusal?: Refusal | undefined };

export interface ExchangeOptions {
  format: UpstreamFormat;
  request: AgentRequest;
  context: UpstreamContext;
  signal: AbortSignal;
  limits: UpstreamLimits;
  /** Maximum size of an answer sent as one JSON document. */
  maxAnswerBytes: number;
  /** Applied to every error of the upstream. */
  redact: RedactError;
  /** Called with the headers of an answer that is no refusal, before its first event. */
  onHeaders?: ((headers: IncomingHttpHeaders) => void) | undefined;
  /** Called once, when the answer has ended, failed or was left. */
  onEnd?: (() => void) | undefined;
}

type Controller = Dispatcher.DispatchController;

/**
 * Sends one request to the upstream. Resolves when the upstream has accepted or refused it, and never rejects. From
 * then on the answer is read at the pace of its reader.
 */
export function openExchange(
  pool: Dispatcher,
  request: Dispatcher.DispatchOptions,
  options: ExchangeOptions,
): Promise<ExchangeOutcome> {
  const { signal } = options;
  if (signal.aborted) return Promise.resolve({ type: 'refused', error: toAbortError(signal), isRetryable: false });
  return new Promise((resolve) => {
    const exchange = new Exchange(options, resolve);
    pool.dispatch(request, exchange);
    exchange.awaitConnection();
  });
}

/**
 * One request and its answer. undici calls the `on…` methods; the reader of the events calls `pause`, `resume` and
 * `close`. Time-outs are measured here, because undici's count bytes and SSE comments are bytes.
 */
class Exchange implements Dispatcher.DispatchHandler, EventSource {
  readonly #options: ExchangeOptions;
  readonly #settle: (outcome: ExchangeOutcome) => void;
  readonly #onAbort = () => this.#cancel();
  #controller: Controller | undefined;
  #queue: EventQueue | undefined;
  #body: ResponseBody | undefined;
  readonly #timer = new ExchangeTimer();
  /** The body's `activity` when the timer was last set. */
  #activity = 0;
  /** Remaining bytes of the body. `NaN`: no Content-Length, or one of encoded bytes. */
  #remainingBytes = Number.NaN;
  /** Whether the status is an error. Its body has one time-out as a whole. */
  #isError = false;
  /** Whether the exchange has released its connection. undici may then reuse it for another request. */
  #isOver = false;

  constructor(options: ExchangeOptions, settle: (outcome: ExchangeOutcome) => void) {
    this.#options = options;
    this.#settle = settle;
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Bounds the wait for a connection, unless one was free. */
  awaitConnection(): void {
    if (this.#controller !== undefined || this.#isOver) return;
    this.#timer.measure(this.#options.limits.upstreamConnectionWaitMs, this.#onNoConnection);
  }

  onRequestStart(controller: Controller): void {
    // Cancelled while waiting for a connection. Throwing keeps the connection open; `abort` would close it.
    if (this.#isOver) throw toAbortError(this.#options.signal);
    this.#controller = controller;
    this.#timer.measure(this.#options.limits.upstreamFirstByteMs, this.#onNoAnswer);
  }

  /** When this throws, undici destroys the socket and calls `onResponseError`. */
  onResponseStart(_controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const { format, request, context, limits, maxAnswerBytes, onHeaders } = this.#options;
    if (status < 300) onHeaders?.(headers);
    this.#body = createBody(
      { status, headers },
      {
        ...{ format, request, context, limits, maxAnswerBytes },
        accept: () => this.#accept(),
        refuse: (error, refusal) => this.#settleRefused(error, isRetryable(status), refusal),
      },
    );
    this.#remainingBytes = headers['content-encoding'] ? Number.NaN : Number(headers['content-length']);
    if (isSuccess(status)) return;
    this.#isError = true;
    this.#timer.measure(Math.min(limits.upstreamErrorMs, limits.upstreamIdleMs), this.#onSilence);
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
    this.#remainingBytes -= bytes.length;
    // The last bytes are followed by the end: the time-out need not start again.
    if (body.activity !== this.#activity && this.#remainingBytes !== 0) this.#restartTimer(body);
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
    // A paused upstream looks idle: its time-out must not run.
    this.#timer.pause();
    this.#controller?.pause();
  }

  resume(): void {
    if (this.#isOver) return;
    this.#timer.resume();
    this.#controller?.resume();
  }

  close(): void {
    this.#stop(new Error('the reader stopped reading'));
  }

  /** Starts the time-out for the next step of the answer. */
  #restartTimer(body: ResponseBody): void {
    this.#activity = body.activity;
    if (this.#isError) return;
    const { upstreamIdleMs, upstreamFinishMs, upstreamCloseMs } = this.#options.limits;
    if (body.stage === 'done') this.#timer.measure(upstreamCloseMs, this.#onLeftOpen);
    else if (body.stage === 'finished') this.#timer.measure(upstreamFinishMs, this.#onFinished);
    else this.#timer.measure(upstreamIdleMs, this.#onSilence);
  }

  readonly #onNoConnection = () => {
    const error = new ApiError('upstream_timeout', 'No connection to the agent became free in time.');
    this.#stop(error);
    this.#settleRefused(error, false);
  };

  readonly #onNoAnswer = () => this.#timeOut('The agent did not answer in time.');

  readonly #onSilence = () => this.#timeOut('The agent stopped sending before its answer was complete.');

  readonly #onFinished = () => {
    try {
      if (this.#body?.settle()) this.#onLeftOpen();
      else this.#timer.measure(this.#options.limits.upstreamIdleMs, this.#onSilence);
    } catch (error) {
      this.#body?.fail(toReadError(error));
      this.#onLeftOpen();
    }
  };

  readonly #onLeftOpen = () => this.#stop(new Error('the upstream did not close its answer'));

  #timeOut(message: string): void {
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
    const error = toAbortError(this.#options.signal);
    if (this.#queue === undefined) this.#settleRefused(error, false);
    else this.#queue.cancel(error);
    this.#stop(error);
  }

  /** Destroys the socket unless the answer has been read to its end. */
  #stop(reason: Error): void {
    if (this.#isOver) return;
    this.#release();
    this.#controller?.abort(reason);
  }

  #release(): void {
    this.#isOver = true;
    this.#timer.clear();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#options.onEnd?.();
  }

  #refuse(error: unknown, stage: ExchangeStage): void {
    const refusal = fromConnectionError(error, stage);
    this.#settleRefused(refusal, stage === 'connecting' && refusal.code.startsWith('upstream_'));
  }

  #settleRefused(error: ApiError, isRetryable: boolean, refusal?: Refusal): void {
    this.#settle({ type: 'refused', error: this.#options.redact(error), isRetryable, refusal });
  }

  #accept(): EventQueue {
    const { signal, limits, redact } = this.#options;
    const queue = new EventQueue({ source: this, signal, maxBatches: limits.upstreamQueuedBatches, redact });
    this.#queue = queue;
    this.#settle({ type: 'accepted', events: queue });
    return queue;
  }
}
