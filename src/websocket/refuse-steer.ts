import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { Lane } from './lanes.ts';
import type { ResponseSocket } from './response-socket.ts';

export interface SteerOptions {
  socket: ResponseSocket;
  /** The most bytes of a frame. */
  maxBytes: number;
  parse: (frame: Buffer) => unknown;
  /** Throws an ApiError for a value that is not a `WebSocketResponseSteer`. */
  check: (value: unknown) => void;
  /** Returns the lane of a running response. */
  laneOf: (responseId: string) => Lane;
}

/** Creates a function that answers `response.steer` on one connection: it is not supported, and the input comes back. */
export function createSteerRefusal({ socket, maxBytes, parse, check, laneOf }: SteerOptions): (frame: Buffer) => void {
  let number = 0;
  return (frame) => {
    try {
      if (frame.length > maxBytes) {
        throw new ApiError('request_too_large', `A 'response.steer' can have at most ${maxBytes} bytes.`);
      }
      const value = parse(frame);
      check(value);
      // `check` has validated it.
      const { previous_response_id, input } = value as Schemas['WebSocketResponseSteer'];
      const lane = laneOf(previous_response_id);
      const message = 'This server does not support steering. Send the input with the next turn.';
      const refusal: Schemas['WebSocketSteerFailed'] = {
        type: 'response.steer.failed',
        sequence_number: number++,
        ...omitUndefined({ stream_id: lane }),
        steer: { previous_response_id, input },
        error: { type: 'invalid_request_error', code: 'steering_not_supported', message },
      };
      socket.send(JSON.stringify(refusal));
    } catch (reason) {
      socket.sendError(ApiError.from(reason));
    }
  };
}
