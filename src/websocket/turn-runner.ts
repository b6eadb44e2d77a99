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
  /** Of the upgrade. */
  requestId: string;
  /** Of each message. */
  bounds: JsonBounds;
  /** Where large messages are parsed. */
  bodySlots: BodySlots;
  /** Throws an ApiError when the client may not have a turn now. */
  admitTurn: () => void;
  local: LocalResponses;
  /** Drops what was kept for the running turn alone. */
  endTurn: () => void;
  /** Absent: output is not checked. */
  checkOutput: CheckOutput | undefined;
  /** Names the connection in each line. */
  log: Pick<Log, 'info' | 'error'>;
}

/** Answers the frames of one connection. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
  }

  /**
   * Answers a frame, to its terminal event or its error envelope. Never rejects. `false`: `signal` ended it before its
   * first event, and the client is still to be told.
   */
  async answer(waiting: WaitingFrame, signal: AbortSignal): Promise<boolean> {
    const started = performance.now();
    let frame: unknown;
    let failure: ApiError | undefined;
    let isTold = true;
    try {
      const { bodySlots, tenant } = this.#options;
      const { bytes } = waiting;
      using slot = bodySlots.needsSlot(bytes) ? await takeSlot(bodySlots, { tenant, bytes, signal }) : undefined;
      frame = this.#take(waiting);
      slot?.finishReading();
      failure = await this.#run(frame, signal);
    } catch (reason) {
      failure = ApiError.from(signal.aborted ? signal.reason : reason);
      isTold = !signal.aborted;
      if (isTold) this.#options.socket.sendError(failure);
    }
    this.#options.endTurn();
    if (failure) this.#evict(frame);
    this.#log(started, failure);
    return isTold;
  }

  /** Answers a frame that may not wait its turn. */
  refuse(bytes: Buffer, error: ApiError): void {
    this.#options.socket.sendError(error);
    this.#log(performance.now(), error);
    // To parse a large one would take a slot, for the one field that is read.
    if (this.#options.bodySlots.needsSlot(bytes.length)) return;
    try {
      this.#evict(this.#parse(bytes));
    } catch {
      // It names no response.
    }
  }

  /** Gives why the response failed, once its terminal event is out. */
  async #run(frame: unknown, signal: AbortSignal): Promise<ApiError | undefined> {
    const { tenant, requestId, checkOutput, socket } = this.#options;
    this.#options.admitTurn();
    const turn = await startTurn(frame, this.#options, { tenant, requestId, signal });
    for await (const batch of checkOutput?.stream('createResponse', turn.events) ?? turn.events) {
      await writeEvents(batch, this.#options);
      // Nobody reads on. A server that stops is another matter: the run then ends with a last event.
      if (socket.readyState === socket.CLOSED) signal.throwIfAborted();
    }
    return turn.failure;
  }

  /** Not a part of `answer`, whose variables live as long as the turn: the bytes do not. */
  #take(waiting: WaitingFrame): unknown {
    return this.#parse(waiting.take() ?? Buffer.alloc(0));
  }

  #parse(bytes: Buffer): unknown {
    return parseBoundedJson(bytes, 'WebSocket message', this.#options.bounds);
  }

  /** A response whose continuation failed can't be continued again: Open Responses N20, N21. */
  #evict(frame: unknown): void {
    const id = previousIdOf(frame);
    if (id !== undefined) this.#options.local.forget(id);
  }

  #log(started: number, failure: ApiError | undefined): void {
    const { log } = this.#options;
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    const line = { milliseconds, ...(failure ? { status: failure.status, code: failure.code } : {}) };
    // Of a run that failed, its own line tells more.
    if (failure?.isServerError && !failure.isLogged)
      log.error({ ...line, err: failure.cause ?? failure }, 'websocket turn failed');
    else log.info(line, 'websocket turn');
  }
}
