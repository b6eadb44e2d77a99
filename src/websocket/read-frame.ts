import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../json/is-object.ts';
import type { ResponseRequest } from '../responses/responses-deps.ts';

export interface TurnFrame {
  request: ResponseRequest;
  /** `false`: the input is only taken in, nothing is answered. */
  generate: boolean;
}

/**
 * What a parsed frame asks for. `check` is that of the contract's `WebSocketResponseCreate`. The fields of HTTP's stream
 * are left out unread (Open Responses N10: clients are not to send them, and several do).
 */
export function readFrame(frame: unknown, check: (value: unknown) => void): TurnFrame {
  const fields = isObject(frame) ? omitStream(frame) : frame;
  check(fields);
  // The check has just established it.
  const { type: _type, generate, ...request } = fields as Schemas['WebSocketResponseCreate'];
  if (request.background) {
    const message = 'A response on a WebSocket can not run in the background.';
    throw new ApiError('unsupported_parameter', message, { param: 'background' });
  }
  return { request: { ...request, stream: true }, generate: generate ?? true };
}

/** The response that a frame continues; also of one that is otherwise wrong. */
export function previousIdOf(frame: unknown): string | undefined {
  const id = isObject(frame) ? frame['previous_response_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function omitStream({ stream: _stream, stream_options: _options, ...fields }: Record<string, unknown>) {
  return fields;
}
