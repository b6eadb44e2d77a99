import { limits } from '../config/limits.ts';
import type { CheckOutput } from '../contract/validate-output.ts';
import { ApiError } from '../errors/api-error.ts';
import { type BodySlots, takeSlot } from '../http/body/body-slots.ts';
import type { JsonBounds } from '../http/body/json-scanner.ts';
import { parseBoundedJson } from '../http/body/parse-json.ts';
import { createResponseId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { ResponsesDeps } from '../responses/responses-deps.ts';
import type { WaitingFrame } from './frame-queue.ts';
import type { Lane } from './lanes.ts';
import type { LocalResponses } from './local-responses.ts';
import { previousIdOf } from './read-frame.ts';
import { createSteerRefusal } from './refuse-steer.ts';
import { startTurn, type Turn } from './start-turn.ts';
import { type WriteOptions, writeEvents } from './write-events.ts';

export interface TurnRunnerOptions extends Omit<WriteOptions, 'lane'> {
  /** Returns the services of a turn in this lane. */
  responsesOf: (lane: Lane) => ResponsesDeps;
  /** Throws an ApiError for a value that is not a `WebSocketResponseCreate`. */
  readBody: (value: unknown) => unknown;
  /** Throws an ApiError for a value that is not a `WebSocketResponseSteer`. */
  checkSteer: (value: unknown) => void;
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
  /** `undefined`: output is not checked. */
  checkOutput: CheckOutput | undefined;
  /** A logger with the fields of the connection. */
  log: Pick<Log, 'info' | 'error'>;
}

/** Answers the frames of one connection. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;
  /** The lanes of the running responses, by id. */
  readonly #running = new Map<string, Lane>();
  /** Answers a `response.steer`. */
  readonly steer: (frame: Buffer) => void;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
    this.steer = createSteerRefusal({
      socket: options.socket,
      // A larger frame would need a slot.
      maxBytes: limits.largeBodyBytes,
      parse: (frame) => this.#parse(frame),
      check: options.checkSteer,
      laneOf: (id) => this.#running.get(id),
    });
  }

  /**
   * Answers a frame up to its terminal event or error envelope. Never rejects. `false`: `signal` aborted before the
   * first event, and the client was sent nothing.
   */
  async answer(waiting: WaitingFrame, signal: AbortSignal): Promise<boolean> {
    const started = performance.now();
    const { lane } = waiting;
    let frame: unknown;
    let failure: ApiError | undefined;
    let isAnswered = true;
    try {
      const { bodySlots, tenant } = this.#options;
      const { bytes } = waiting;
      using slot = bodySlots.needsSlot(bytes) ? await takeSlot(bodySlots, { tenant, bytes, signal }) : undefined;
      frame = this.#take(waiting);
      slot?.finishReading();
      failure = await this.#run(frame, lane, signal);
    } catch (reason) {
      failure = ApiError.from(signal.aborted ? signal.reason : reason);
      isAnswered = !signal.aborted;
      if (isAnswered) this.#options.socket.sendError(failure, lane);
    }
    if (failure) this.#evict(frame, lane);
    this.#log(started, lane, failure);
    return isAnswered;
  }

  /** Refuses a frame that cannot be queued. */
  refuse(bytes: Buffer, error: ApiError, lane?: Lane): void {
    this.#options.socket.sendError(error, lane);
    this.#log(performance.now(), lane, error);
    // Parsing a large frame would need a slot, for a single field.
    if (this.#options.bodySlots.needsSlot(bytes.length)) return;
    try {
      this.#evict(this.#parse(bytes), lane);
    } catch {
      // An invalid frame names no response.
    }
  }

  /** Runs a turn and returns the error of a failed response, once its terminal event is sent. */
  async #run(frame: unknown, lane: Lane, signal: AbortSignal): Promise<ApiError | undefined> {
    const { tenant, requestId, responsesOf, readBody } = this.#options;
    this.#options.admitTurn();
    const id = createResponseId();
    const deps = { responses: responsesOf(lane), readBody };
    const turn = await startTurn(frame, deps, { tenant, requestId, signal, id });
    this.#running.set(id, lane);
    try {
      await this.#write(turn, lane, signal);
    } finally {
      this.#running.delete(id);
    }
    return turn.failure;
  }

  async #write({ events }: Turn, lane: Lane, signal: AbortSignal): Promise<void> {
    const { checkOutput, socket, wire, bufferedBytes } = this.#options;
    for await (const batch of checkOutput?.stream('createResponse', events) ?? events) {
      await writeEvents(batch, { socket, wire, bufferedBytes, lane });
      // The client has left. A server that stops is different: its runs end with a terminal event.
      if (socket.readyState === socket.CLOSED) signal.throwIfAborted();
    }
  }

  /** Separate from `answer`, whose variables live as long as the turn, so that the bytes are freed early. */
  #take(waiting: WaitingFrame): unknown {
    return this.#parse(waiting.take() ?? Buffer.alloc(0));
  }

  #parse(bytes: Buffer): unknown {
    return parseBoundedJson(bytes, 'WebSocket message', this.#options.bounds);
  }

  /** Forgets the response whose continuation in its own lane failed (Open Responses N20, N21). */
  #evict(frame: unknown, lane: Lane): void {
    const id = previousIdOf(frame);
    if (id !== undefined) this.#options.local.forget(id, lane);
  }

  #log(started: number, lane: Lane, failure: ApiError | undefined): void {
    const { log } = this.#options;
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    const line = {
      milliseconds,
      ...(lane === undefined ? {} : { lane }),
      ...(failure ? { status: failure.status, code: failure.code } : {}),
    };
    // The run has logged its failure in more detail.
    if (failure?.isServerError && !failure.isLogged)
      log.error({ ...line, err: failure.cause ?? failure }, 'websocket turn failed');
    else log.info(line, 'websocket turn');
  }
}
