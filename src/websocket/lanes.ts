import { ApiError } from '../errors/api-error.ts';
import { findTopLevel } from './find-top-level.ts';

/** The lane of a turn: the `stream_id` of its frame. `undefined`: the default lane. */
export type Lane = string | undefined;

const laneName = /^[A-Za-z0-9_.-]{1,256}$/;

/** Returns the lane of an unparsed frame, which decides when it is parsed. Throws `invalid_stream_id`. */
export function readLane(frame: Buffer): Lane {
  const { isPresent, value } = findTopLevel(frame, 'stream_id');
  if (!isPresent || value === null) return undefined;
  if (value !== undefined && laneName.test(value)) return value;
  const message = "Invalid 'stream_id'. Expected 1 to 256 letters, digits, '_', '.' and '-'.";
  throw new ApiError('invalid_stream_id', message, { param: 'stream_id' });
}

/** Whether an unparsed frame adds input to a running response. It does not wait for its turn. */
export const isSteer = (frame: Buffer): boolean =>
  frame.includes('"response.steer"') && findTopLevel(frame, 'type').value === 'response.steer';

/** Bounds the lanes of one connection. */
export class LaneNames {
  readonly #limit: number;
  readonly #names = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws `websocket_stream_limit_reached` for a new lane beyond the limit. */
  admit(lane: Lane): void {
    if (lane === undefined || this.#names.has(lane)) return;
    if (this.#names.size >= this.#limit) {
      const message = `This connection has used ${this.#limit} different values of 'stream_id'. Reuse one of them.`;
      throw new ApiError('websocket_stream_limit_reached', message, { param: 'stream_id' });
    }
    this.#names.add(lane);
  }
}
