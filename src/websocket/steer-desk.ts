import { limits } from '../config/limits.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { createSteerId, type ResponseId } from '../ids.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { SteerRefusal } from '../responses/steer/refuse-steering.ts';
import type { Steer } from '../responses/steer/steer-queue.ts';
import type { Steering } from '../responses/steer/steering.ts';
import type { Lane } from './lanes.ts';
import { isAnswerable, readSteer, type SteerFrame } from './read-steer.ts';
import type { ResponseSocket } from './response-socket.ts';
import { noSuccessor, notActive, tooMany } from './steer-refusal.ts';
import type { SteerTargets } from './steer-targets.ts';

export interface SteerDeskOptions {
  socket: Pick<ResponseSocket, 'send' | 'sendError'>;
  targets: SteerTargets;
  parse: (frame: Buffer) => unknown;
  /** Throws an ApiError for a value that is not a `WebSocketResponseSteer`. */
  check: (value: unknown) => void;
  /** Throws an ApiError when the client may not start a turn now: a steer leads to one. */
  admitTurn: () => void;
  /** The most steers of one response. */
  steers: number;
}

/** A response that has ended, with the number of its last event. */
export interface EndedTurn {
  id: ResponseId;
  lane: Lane;
  last: number;
  /** Whether the turn that continues it already waits. */
  isContinued: boolean;
}

/** Answers `response.steer` on one connection. Accepted input is acknowledged in the stream of its response. */
export class SteerDesk {
  readonly #options: SteerDeskOptions;
  #refusals = 0;

  constructor(options: SteerDeskOptions) {
    this.#options = options;
  }

  /** Answers a frame. Never throws. */
  receive(bytes: Buffer): void {
    const { socket, parse, check } = this.#options;
    let frame: unknown;
    try {
      if (bytes.length > limits.largeBodyBytes) {
        // A larger frame would need a slot.
        const message = `A 'response.steer' can have at most ${limits.largeBodyBytes} bytes.`;
        throw new ApiError('request_too_large', message);
      }
      frame = parse(bytes);
      this.#queue(readSteer(frame, check));
    } catch (reason) {
      const error = ApiError.from(reason);
      if (!isAnswerable(frame)) return socket.sendError(error);
      const code = error.status === 400 ? 'invalid_input' : error.wireCode;
      this.#refuse(frame, { code, message: error.message });
    }
  }

  /** Tells the client what became of input that its response did not apply. */
  conclude(turn: EndedTurn, { outcome, queue }: Steering): void {
    for (const { input } of queue.close()) this.#refuse({ previous_response_id: turn.id, input }, notActive);
    const isPending = outcome.type === 'pending' && !turn.isContinued;
    if (isPending) this.#sendPending(turn, queue.queued, outcome.required);
    if (outcome.type === 'failed') this.fail(turn, queue.queued, noSuccessor);
  }

  /** Returns accepted input. */
  fail({ id, lane, last }: EndedTurn, steers: readonly Steer[], refusal: SteerRefusal): void {
    for (const [index, { id: steerId, input }] of steers.entries()) {
      const steer = { id: steerId, previous_response_id: id, input };
      this.#send(toFailed({ sequence_number: last + 1 + index, lane, steer, refusal }));
    }
  }

  #queue({ previous_response_id: id, input }: SteerFrame): void {
    const { targets, admitTurn, steers } = this.#options;
    const queue = targets.find(id);
    if ('code' in queue) return this.#refuse({ previous_response_id: id, input }, queue);
    if (queue.size >= steers) return this.#refuse({ previous_response_id: id, input }, tooMany(steers));
    admitTurn();
    if (!queue.add({ id: createSteerId(), input })) this.#refuse({ previous_response_id: id, input }, notActive);
  }

  #sendPending(
    { id, lane, last }: EndedTurn,
    steers: readonly Steer[],
    required: Schemas['SteerRequiredInput'][],
  ): void {
    for (const [index, steer] of steers.entries()) {
      this.#send({
        type: 'response.steer.pending',
        sequence_number: last + 1 + index,
        ...omitUndefined({ stream_id: lane }),
        steer: { id: steer.id, previous_response_id: id },
        reason: 'waiting_for_required_input',
        required_input: required,
      });
    }
  }

  #refuse(steer: { previous_response_id: string; input: unknown }, refusal: SteerRefusal): void {
    const { previous_response_id, input } = steer;
    const lane = this.#options.targets.laneOf(previous_response_id);
    this.#send(toFailed({ sequence_number: this.#refusals++, lane, steer: { previous_response_id, input }, refusal }));
  }

  #send(event: Schemas['WebSocketSteerFailed'] | Schemas['WebSocketSteerPending']): void {
    this.#options.socket.send(JSON.stringify(event));
  }
}

interface Failure {
  sequence_number: number;
  lane: Lane;
  steer: Schemas['RefusedSteer'];
  refusal: SteerRefusal;
}

function toFailed({ sequence_number, lane, steer, refusal }: Failure): Schemas['WebSocketSteerFailed'] {
  return {
    type: 'response.steer.failed',
    sequence_number,
    ...omitUndefined({ stream_id: lane }),
    steer,
    error: { type: 'invalid_request_error', ...refusal },
  };
}
