import type { CheckOutput } from '../contract/validate-output.ts';
import { ApiError } from '../errors/api-error.ts';
import { type BodySlots, takeSlot } from '../http/body/body-slots.ts';
import type { JsonBounds } from '../http/body/json-scanner.ts';
import { parseBoundedJson } from '../http/body/parse-json.ts';
import type { Log } from '../log.ts';
import type { WaitingFrame } from './frame-queue.ts';
import type { LocalResponses } from './local-responses.ts';
import { previousIdOf } from './read-frame.ts';
import { startTurn, type TurnDeps } from './start-turn.ts';
import { type WriteOptions, writeEvents } from './write-events.ts';

export interface TurnRunnerOptions extends TurnDeps, WriteOptions {
  tenant: string;
  /** The request id of the upgrade. */
  requestId: string;
  /** Bounds of each message. */
  bounds: JsonBounds;
  /** Slots for parsing large messages. */
  bodySlots: BodySlots;
  /** Throws an ApiError when the client may not start a turn now. */
  admitTurn: () => void;
  local: LocalResponses;
  /** Releases the memory of the running turn. */
  endTurn: () => void;
  /** `undefined`: output is not checked. */
  checkOutput: CheckOutput | undefined;
  /** A logger with the fields of the connection. */
  log: Pick<Log, 'info' | 'error'>;
}

/** Answers the frames of one connection. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
  }

  /**
   * Answers a frame up to its terminal event or error envelope. Never rejects. `false`: `signal` aborted before the
   * first event, and the client was sent nothing.
   */
  async answer(waiting: WaitingFrame, signal: AbortSignal): Promise<boolean> {
    const started = performance.now();
    let frame: unknown;
    let failure: ApiError | undefined;
    let isAnswered = true;
    try {
      const { bodySlots, tenant } = this.#options;
      const { bytes } = waiting;
      using slot = bodySlots.needsSlot(bytes) ? await takeSlot(bodySlots, { tenant, bytes, signal }) : undefined;
      frame = this.#take(waiting);
      slot?.finishReading();
      failure = await this.#run(frame, signal);
    } catch (reason) {
      failure = ApiError.from(signal.aborted ? signal.reason : reason);
      isAnswered = !signal.aborted;
      if (isAnswered) this.#options.socket.sendError(failure);
    }
    this.#options.endTurn();
    if (failure) this.#evict(frame);
    this.#log(started, failure);
    return isAnswered;
  }

  /** Refuses a frame that cannot be queued. */
  refuse(bytes: Buffer, error: ApiError): void {
    this.#options.socket.sendError(error);
    this.#log(performance.now(), error);
    // Parsing a large frame would need a slot, for a single field.
    if (this.#options.bodySlots.needsSlot(bytes.length)) return;
    try {
      this.#evict(this.#parse(bytes));
    } catch {
      // An invalid frame names no response.
    }
  }

  /** Runs a turn and returns the error of a failed response, once its terminal event is sent. */
  async #run(frame: unknown, signal: AbortSignal): Promise<ApiError | undefined> {
    const { tenant, requestId, checkOutput, socket } = this.#options;
    this.#options.admitTurn();
    const turn = await startTurn(frame, this.#options, { tenant, requestId, signal });
    for await (const batch of checkOutput?.stream('createResponse', turn.events) ?? turn.events) {
      await writeEvents(batch, this.#options);
      // The client has left. A server that stops is different: its runs end with a terminal event.
      if (socket.readyState === socket.CLOSED) signal.throwIfAborted();
    }
    return turn.failure;
  }

  /** Separate from `answer`, whose variables live as long as the turn, so that the bytes are freed early. */
  #take(waiting: WaitingFrame): unknown {
    return this.#parse(waiting.take() ?? Buffer.alloc(0));
  }

  #parse(bytes: Buffer): unknown {
    return parseBoundedJson(bytes, 'WebSocket message', this.#options.bounds);
  }

  /** Forgets the response whose continuation failed (Open Responses N20, N21). */
  #evict(frame: unknown): void {
    const id = previousIdOf(frame);
    if (id !== undefined) this.#options.local.forget(id);
  }

  #log(started: number, failure: ApiError | undefined): void {
    const { log } = this.#options;
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    const line = { milliseconds, ...(failure ? { status: failure.status, code: failure.code } : {}) };
    // The run has logged its failure in more detail.
    if (failure?.isServerError && !failure.isLogged)
      log.error({ ...line, err: failure.cause ?? failure }, 'websocket turn failed');
    else log.info(line, 'websocket turn');
  }
}
