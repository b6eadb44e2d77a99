import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';

/** Converts an error to the envelope of a WebSocket, which includes its HTTP status (Open Responses N25). */
export function toErrorMessage(error: ApiError): Schemas['WebSocketErrorEvent'] {
  const { type, message, param } = toErrorBody(error).error;
  return { type: 'error', status: error.status, error: { type, code: error.wireCode, message, param } };
}
