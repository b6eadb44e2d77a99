import type { Dispatcher } from 'undici';
import { type StreamScript, toPrompt } from '../script.ts';
import { type Api, StreamCheck } from './read-events.ts';

export interface StreamRequest {
  api: Api;
  script: StreamScript;
  /** Leaves after this time. */
  leaveMs?: number | undefined;
  /** Stops reading for this time, again and again: a slow reader. */
  pauseMs?: number | undefined;
  /** Called with the first token. */
  onStart?: () => void;
}

/** The end of one stream. `broken`: the connection was cut, or an event was wrong. */
export interface StreamOutcome {
  end: 'completed' | 'failed' | 'refused' | 'left' | 'broken';
  tokens: number;
  firstTokenMs?: number | undefined;
  detail?: string | undefined;
}

const paths: Record<Api, string> = { chat: '/v1/chat/completions', responses: '/v1/responses' };
/** A slow reader reads for as long between two pauses. */
const readMs = 1000;

/** Requests one stream and checks it. Never rejects. */
export function runStream(dispatcher: Dispatcher, origin: string, request: StreamRequest): Promise<StreamOutcome> {
  const { promise, resolve } = Promise.withResolvers<StreamOutcome>();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(toBody(request));
  dispatcher.dispatch(
    { origin, path: paths[request.api], method: 'POST', headers, body },
    new StreamHandler(request, resolve),
  );
  return promise;
}

function toBody({ api, script }: StreamRequest): object {
  const prompt = toPrompt(script);
  return api === 'chat'
    ? { model: 'soak', stream: true, messages: [{ role: 'user', content: prompt }] }
    : { model: 'soak', stream: true, store: true, input: prompt };
}

class StreamHandler implements Dispatcher.DispatchHandler {
  readonly #request: StreamRequest;
  readonly #resolve: (outcome: StreamOutcome) => void;
  readonly #check: StreamCheck;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #leaving: NodeJS.Timeout | undefined;
  #firstTokenMs: number | undefined;
  #status = 0;
  #refusal = '';
  #hasLeft = false;

  constructor(request: StreamRequest, resolve: (outcome: StreamOutcome) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#check = new StreamCheck(request.api, request.script);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { leaveMs, pauseMs } = this.#request;
    if (leaveMs !== undefined) this.#leaving = setTimeout(() => this.#leave(controller), leaveMs);
    if (pauseMs !== undefined) this.#pauseLater(controller, pauseMs);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (this.#status !== 200) {
      this.#refusal += bytes;
      return;
    }
    this.#check.read(bytes);
    if (this.#firstTokenMs !== undefined || this.#check.tokens === 0) return;
    this.#firstTokenMs = performance.now() - this.#startedAt;
    this.#request.onStart?.();
  }

  onResponseEnd(): void {
    if (this.#status !== 200) return this.#finish('refused', `${this.#status} ${this.#refusal}`);
    this.#check.end();
    this.#finish(this.#check.fault === undefined ? (this.#check.terminal ?? 'broken') : 'broken');
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#hasLeft && this.#check.fault === undefined) this.#finish('left');
    else this.#finish('broken', error.message);
  }

  #leave(controller: Dispatcher.DispatchController): void {
    this.#hasLeft = true;
    controller.abort(new Error('the client leaves'));
  }

  #pauseLater(controller: Dispatcher.DispatchController, pauseMs: number): void {
    this.#timer = setTimeout(() => {
      controller.pause();
      this.#timer = setTimeout(() => {
        controller.resume();
        this.#pauseLater(controller, pauseMs);
      }, pauseMs);
    }, readMs);
  }

  #finish(end: StreamOutcome['end'], detail?: string): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#leaving);
    const { tokens, fault } = this.#check;
    this.#resolve({ end, tokens, firstTokenMs: this.#firstTokenMs, detail: fault ?? detail });
  }
}
