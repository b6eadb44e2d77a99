import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { Lane } from './lanes.ts';

/** Converts an error to the envelope of a WebSocket, which includes its HTTP status (Open Responses N25). */
export function toErrorMessage(error: ApiError, lane?: Lane): Schemas['WebSocketErrorEvent'] {
  const { type, message, param } = toErrorBody(error).error;
  return {
    type: 'error',
    status: error.status,
    ...omitUndefined({ stream_id: lane }),
    error: { type, code: error.wireCode, message, param },
  };
}
