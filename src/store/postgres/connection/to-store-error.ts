import { DatabaseError } from 'pg';
import { ApiError } from '../../../errors/api-error.ts';

const unreachable = 'The store cannot be reached at the moment.';
const readOnly = 'The store is read-only at the moment.';
const busy = 'The store is busy. Please try again.';
const refused = 'The store could not be read or written.';

/**
 * Messages for the client, by SQLSTATE or its class, of failures that the environment causes. Other codes are bugs.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const messages: Readonly<Record<string, string>> = {
  '08': unreachable,
  '28': unreachable, // authentication failed after it had succeeded before
  '3D': unreachable, // no such database
  '57P': unreachable, // shutting down, crashed, starting
  '57014': busy, // statement timeout
  '55P03': busy, // lock timeout
  '40001': busy,
  '40P01': busy, // a deadlock
  '53300': busy, // too many connections
  '53100': 'The store is full.',
  '53': busy, // out of memory or another resource
  '25006': readOnly, // for example a standby before its promotion
  '42501': refused, // missing privilege
  '58': refused, // file system error
  XX001: 'The store is damaged.',
  XX002: 'The store is damaged.',
};

/** Maps failures of the database and the network to a `store_unavailable` ApiError. Returns other errors unchanged. */
export function toStoreError(reason: unknown): unknown {
  const message = toMessage(reason);
  return message === undefined ? reason : new ApiError('store_unavailable', message, { cause: reason });
}

/** Whether a statement had no effect and may succeed when retried: a conflict, a deadlock, or too many connections. */
export const isRetryable = (reason: unknown): boolean =>
  reason instanceof DatabaseError && ['40001', '40P01', '53300'].includes(reason.code ?? '');

/**
 * Whether the database is unreachable or read-only, possibly for a short time: a restart, a network failure, a
 * failover.
 */
export const isOutage = (reason: unknown): boolean => [unreachable, readOnly].includes(toMessage(reason) ?? '');

function toMessage(reason: unknown): string | undefined {
  if (reason instanceof DatabaseError) {
    const code = reason.code ?? '';
    return messages[code] ?? messages[code.slice(0, 3)] ?? messages[code.slice(0, 2)];
  }
  // A broken connection throws a plain Error of the driver or the system.
  const isBug = !(reason instanceof Error) || reason instanceof TypeError || reason instanceof RangeError;
  return isBug || reason instanceof ApiError ? undefined : unreachable;
}
