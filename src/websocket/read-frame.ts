import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../json/is-object.ts';
import type { ResponseRequest } from '../responses/responses-deps.ts';

export interface TurnFrame {
  request: ResponseRequest;
  /** `false`: the turn takes its input without generating output. */
  generate: boolean;
}

/**
 * Converts a parsed frame to a request. `read` returns a valid `WebSocketResponseCreate`. The stream fields of HTTP
 * are ignored: clients must not send them (Open Responses N10), but several do.
 */
export function readFrame(frame: unknown, read: (value: unknown) => unknown): TurnFrame {
  const fields = read(isObject(frame) ? omitStream(frame) : frame);
  // `read` has validated it.
  const { type: _type, generate, ...request } = fields as Schemas['WebSocketResponseCreate'];
  if (request.background) {
    const message = 'Background responses are not supported on a WebSocket.';
    throw new ApiError('unsupported_parameter', message, { param: 'background' });
  }
  return { request: { ...request, stream: true }, generate: generate ?? true };
}

/** Returns the id of the response that a frame continues, even if the frame is invalid. */
export function previousIdOf(frame: unknown): string | undefined {
  const id = isObject(frame) ? frame['previous_response_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function omitStream({ stream: _stream, stream_options: _options, ...fields }: Record<string, unknown>) {
  return fields;
}
