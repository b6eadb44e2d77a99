import type { ApiError } from '../../errors/api-error.ts';
import type { ErrorCode } from '../../errors/error-table.ts';

/** The side that has to act on a failure. */
export type Culprit = 'client' | 'agent' | 'server';

const ofAgent: ReadonlySet<ErrorCode> = new Set([
  'upstream_error',
  'upstream_timeout',
  'answer_too_large',
  'run_timeout',
  'mcp_server_error',
]);

/** Limits of the agent or of this server, by the same codes. */
const limitCodes: ReadonlySet<ErrorCode> = new Set(['rate_limit_exceeded', 'insufficient_quota']);

/**
 * Returns the side that has to act on the error of a failed run. `client` includes its limits on this server and the stop by an
 * operator; `agent` includes the MCP servers and the agent's own limits, whose errors have the upstream's reply as a cause.
 */
export function toCulprit(error: ApiError | undefined): Culprit {
  if (!error) return 'server';
  if (ofAgent.has(error.code) || (limitCodes.has(error.code) && error.cause !== undefined)) return 'agent';
  return error.isServerError ? 'server' : 'client';
}
