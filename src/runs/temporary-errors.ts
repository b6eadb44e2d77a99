import type { ApiError } from '../errors/api-error.ts';
import type { ErrorCode } from '../errors/error-table.ts';

const temporary: ReadonlySet<ErrorCode> = new Set([
  'conversation_locked',
  'previous_response_in_progress',
  'rate_limit_exceeded',
  'server_shutting_down',
  'store_unavailable',
]);

/** Whether the next attempt to start a run may succeed. */
export const isTemporary = ({ code }: ApiError): boolean => temporary.has(code);
