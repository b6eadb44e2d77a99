import type { Caller } from '../contract/operations.ts';
import type { CheckOutput } from '../contract/validate-output.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Exchange } from '../exchange.ts';
import { forEach } from '../flow/for-each.ts';
import { type BodySlots, takeSlot } from '../http/body/body-slots.ts';
import type { JsonBounds } from '../http/body/json-scanner.ts';
import { parseBoundedJson } from '../http/body/parse-json.ts';
import type { Log } from '../log.ts';
import type { ResponseEvent, ResponsesDeps } from '../responses/responses-deps.ts';
import { LoggedRun } from '../responses/run/logged-run.ts';
import type { SteerRefusal } from '../responses/steer/refuse-steering.ts';
import { Steering } from '../responses/steer/steering.ts';
import type { TraceContext } from '../trace-context.ts';
import type { WaitingFrame } from './frame-queue.ts';
import type { Lane } from './lanes.ts';
import type { LocalResponses } from './local-responses.ts';
import { PendingSteers } from './pending-steers.ts';
import { previousIdOf } from './read-frame.ts';
import { startRun, startTurn, type Turn } from './start-turn.ts';
import { type EndedTurn, SteerDesk } from './steer-desk.ts';
import { noSuccessor, notActive } from './steer-refusal.ts';
import { SteerTargets } from './steer-targets.ts';
import type { JournaledTurn, TurnJournal } from './turn-journal.ts';
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
  /** The trace of the upgrade. */
  trace: TraceContext | undefined;
  /** Bounds of each message. */
  bounds: JsonBounds;
  /** Slots for parsing large messages. */
  bodySlots: BodySlots;
  /** Throws an ApiError when the client may not start a turn now. */
  admitTurn: () => void;
  /** Creates the exchange of a turn. Undefined: no agent is simulated. */
  exchange: (() => Exchange) | undefined;
  /** Undefined: turns are not recorded. */
  journal: TurnJournal | undefined;
  /** Whether the client's key is an operator's now. */
  isOperator: () => boolean;
  local: LocalResponses;
  store: ResponsesDeps['store'];
  /** The most steers of one response. */
  steers: number;
  /** The number of ended responses whose steers are answered precisely. */
  remembered: number;
  /** `undefined`: output is not checked. */
  checkOutput: CheckOutput | undefined;
  /** A logger with the fields of the connection. */
  log: Pick<Log, 'info' | 'error'>;
}

interface TurnWork {
  waiting: WaitingFrame;
  record: JournaledTurn | undefined;
}

/** Answers the frames of one connection. */
export class TurnRunner {
  readonly #options: TurnRunnerOptions;
  readonly #targets: SteerTargets;
  readonly #pending: PendingSteers;
  readonly #desk: SteerDesk;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
    const { socket, tenant, store, checkSteer: check, admitTurn, steers, remembered } = options;
    this.#targets = new SteerTargets(remembered);
    this.#pending = new PendingSteers({ store, tenant, targets: this.#targets, responses: remembered });
    const parse = (frame: Buffer) => this.#parse(frame);
    this.#desk = new SteerDesk({ socket, targets: this.#targets, parse, check, admitTurn, steers });
  }

  /** Answers a `response.steer`. */
  steer(frame: Buffer): void {
    this.#desk.receive(frame);
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
    const record = this.#options.journal?.open();
    try {
      const { bodySlots, tenant } = this.#options;
      const { bytes } = waiting;
      using slot = bodySlots.needsSlot(bytes) ? await takeSlot(bodySlots, { tenant, bytes, signal }) : undefined;
      frame = this.#take(waiting);
      record?.read(frame, bytes);
      slot?.finishReading();
      failure = await this.#run(frame, { waiting, record }, signal);
    } catch (reason) {
      failure = ApiError.from(signal.aborted ? signal.reason : reason);
      isAnswered = !signal.aborted;
      if (isAnswered) this.#options.socket.sendError(failure, lane);
    }
    record?.end(failure);
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

  /** Runs a turn and its successors. Returns the error of a failed response, once its terminal event is sent. */
  async #run(frame: unknown, work: TurnWork, signal: AbortSignal): Promise<ApiError | undefined> {
    const { tenant, requestId, trace, responsesOf, readBody, admitTurn, isOperator, exchange } = this.#options;
    admitTurn();
    const { waiting, record } = work;
    const { lane } = waiting;
    const caller = { tenant, requestId, trace, isOperator: isOperator(), signal, exchange: exchange?.() };
    if (record) record.exchange = caller.exchange;
    const responses = () => responsesOf(lane);
    const first = await startTurn(frame, { responses, readBody, lane, pending: this.#pending }, caller);
    let turn: Turn | undefined = first;
    while (turn) turn = await this.#send(turn, work, caller);
    return first.run.failure;
  }

  /** Sends the events of a response. Returns the successor that continues it automatically. */
  async #send(turn: Turn, { waiting, record }: TurnWork, caller: Caller): Promise<Turn | undefined> {
    const { id } = turn;
    const { lane } = waiting;
    using steering = turn.steering instanceof Steering ? turn.steering : undefined;
    this.#targets.add(id, { lane, queue: steering?.queue ?? (turn.steering as SteerRefusal | undefined) ?? notActive });
    let last: ResponseEvent | undefined;
    try {
      last = await this.#write(turn, { lane, record }, caller.signal);
    } finally {
      this.#targets.end(id, last?.type === 'response.completed');
    }
    if (!steering || !last || caller.signal.aborted) return undefined;
    const isContinued = waiting.isContinued(id);
    return this.#succeed({ id, lane, last: last.sequence_number, isContinued }, steering, caller);
  }

  async #succeed(ended: EndedTurn, steering: Steering, caller: Caller): Promise<Turn | undefined> {
    const { outcome, queue } = steering;
    this.#desk.conclude(ended, steering);
    if (outcome.type === 'pending') this.#pending.add(ended.id, { lane: ended.lane, steers: queue.queued });
    if (outcome.type !== 'succeeded') return undefined;
    const { successor, steering: next } = outcome;
    const responses = () => this.#options.responsesOf(ended.lane);
    if (next) {
      const run = new LoggedRun(responses(), { id: successor.id, after: -1 }, caller);
      return { id: successor.id, run, steering: next };
    }
    try {
      return await startRun(successor, responses, caller);
    } catch (reason) {
      caller.signal.throwIfAborted();
      const { message } = ApiError.from(reason);
      this.#desk.fail(ended, queue.queued, { ...noSuccessor, message });
      return undefined;
    }
  }

  /** Sends events. Returns the last one. */
  async #write(
    { run, steering }: Turn,
    { lane, record }: { lane: Lane } & Pick<TurnWork, 'record'>,
    signal: AbortSignal,
  ): Promise<ResponseEvent | undefined> {
    const { checkOutput, socket, wire, bufferedBytes } = this.#options;
    let last: ResponseEvent | undefined;
    // The client has left. A server that stops is different: its runs end with a terminal event.
    const throwIfLeft = () => {
      const isNeeded = steering instanceof Steering && steering.isDetached;
      if (socket.readyState === socket.CLOSED && !isNeeded) signal.throwIfAborted();
    };
    await forEach(checkOutput?.stream('createResponse', run.events) ?? run.events, ({ events, texts }) => {
      // A log may begin with an empty page.
      if (texts.length === 0) return undefined;
      record?.sent(events);
      const writing = writeEvents(texts, { socket, wire, bufferedBytes, lane });
      last = events.at(-1);
      if (writing !== undefined) return writing.then(throwIfLeft);
      throwIfLeft();
      return undefined;
    });
    return last;
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
