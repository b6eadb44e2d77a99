import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ApiError } from '../../../errors/api-error.ts';
import { contentDecoders } from '../../../net/content-decoders.ts';
import { DecodingBody } from './decoding-body.ts';

type Controller = Dispatcher.DispatchController;

/**
 * Decodes answers with a `Content-Encoding`. None is requested, but some upstreams and CDNs send one all the same. An
 * unknown coding is an `upstream_error` that names it.
 */
export function decodeContent(maxCodings: number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, new DecodingHandler(handler, maxCodings));
}

/** Passes calls on until an answer turns out to be encoded. */
class DecodingHandler implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #maxCodings: number;
  #controller: SwitchingController | undefined;
  #body: DecodingBody | undefined;

  constructor(handler: Dispatcher.DispatchHandler, maxCodings: number) {
    this.#handler = handler;
    this.#maxCodings = maxCodings;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#controller = new SwitchingController(controller);
    this.#handler.onRequestStart?.(this.#controller, context);
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders, message?: string): void {
    const codings = status < 200 ? [] : toCodings(headers['content-encoding'], this.#maxCodings);
    const outer = this.#controller ?? controller;
    if (codings.length > 0 && this.#controller) {
      this.#body = new DecodingBody(codings, { controller, outer, handler: this.#handler });
      this.#controller.body = this.#body;
    }
    this.#handler.onResponseStart?.(outer, status, headers, message);
  }

  onResponseData(controller: Controller, bytes: Buffer): void {
    if (this.#body) this.#body.write(bytes);
    else this.#handler.onResponseData?.(this.#controller ?? controller, bytes);
  }

  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    if (this.#body) this.#body.end(trailers);
    else this.#handler.onResponseEnd?.(this.#controller ?? controller, trailers);
  }

  onResponseError(controller: Controller, error: Error): void {
    this.#body?.destroy();
    this.#handler.onResponseError?.(this.#controller ?? controller, error);
  }
}

/** The controller that the handler holds from the start, before it is known whether the answer is encoded. */
class SwitchingController implements Controller {
  readonly #inner: Controller;
  body: DecodingBody | undefined;
  rawHeaders: null = null;
  rawTrailers: null = null;

  constructor(inner: Controller) {
    this.#inner = inner;
  }

  get aborted(): boolean {
    return this.#inner.aborted;
  }

  get paused(): boolean {
    return this.#inner.paused;
  }

  get reason(): Error | null {
    return this.#inner.reason;
  }

  abort(reason: Error): void {
    this.body?.destroy();
    this.#inner.abort(reason);
  }

  pause(): void {
    (this.body ?? this.#inner).pause();
  }

  resume(): void {
    (this.body ?? this.#inner).resume();
  }
}

/** Parses a `Content-Encoding`. Returns the codings in the order in which they were applied. */
function toCodings(header: string | string[] | undefined, maxCodings: number): string[] {
  if (header === undefined) return [];
  const names = `${header}`.split(',').map((name) => name.trim().toLowerCase());
  const codings = names.filter((name) => name !== '' && name !== 'identity');
  const unknown = codings.find((name) => !contentDecoders.has(name));
  if (unknown !== undefined) {
    const known = [...contentDecoders.keys()].join(', ');
    const message = `The agent answered with the unknown Content-Encoding '${unknown}'. Expected one of: ${known}.`;
    throw new ApiError('upstream_error', message);
  }
  if (codings.length <= maxCodings) return codings;
  throw new ApiError('upstream_error', `The agent's answer has more than ${maxCodings} content codings.`);
}
