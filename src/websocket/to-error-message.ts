import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';

/** The error envelope as a WebSocket has it: with the status that the same error has over HTTP (Open Responses N25). */
export function toErrorMessage(error: ApiError): Schemas['WebSocketErrorEvent'] {
  const { type, message, param } = toErrorBody(error).error;
  return { type: 'error', status: error.status, error: { type, code: error.wireCode, message, param } };
}
