import { DatabaseError } from 'pg';
import { ApiError } from '../../../errors/api-error.ts';

const unreachable = 'The store cannot be reached at the moment.';
const readOnly = 'The store can only be read at the moment.';
const busy = 'The store is busy. Please try again.';
const refused = 'The store could not be read or written.';

/**
 * SQLSTATEs that the machine or its operator causes, and whole classes of them, with what the client is told. The rest
 * are bugs of ours. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const messages: Readonly<Record<string, string>> = {
  '08': unreachable,
  '28': unreachable, // refused the user, after it was let in before
  '3D': unreachable, // no such database
  '57P': unreachable, // shutting down, crashed, starting
  '57014': busy, // took too long
  '55P03': busy, // a lock was not to be had
  '40001': busy,
  '40P01': busy, // a deadlock
  '53300': busy, // too many connections
  '53100': 'The store is full.',
  '53': busy, // out of memory, out of something else
  '25006': readOnly, // such as by a standby that is not the primary yet
  '42501': refused, // no privilege
  '58': refused, // an error of the file system
  XX001: 'The store is damaged.',
  XX002: 'The store is damaged.',
};

/** A `store_unavailable` for what the machine or the network refuses; anything else comes back as it is. */
export function toStoreError(reason: unknown): unknown {
  const message = toMessage(reason);
  return message === undefined ? reason : new ApiError('store_unavailable', message, { cause: reason });
}

/** Nothing was done, and soon it may be: somebody else's transaction was in the way, or all connections were in use. */
export const mayPass = (reason: unknown): boolean =>
  reason instanceof DatabaseError && ['40001', '40P01', '53300'].includes(reason.code ?? '');

/** Whether nothing can be written, for the moment perhaps: it restarts, the network broke, or a standby is to take over. */
export const isOutage = (reason: unknown): boolean => [unreachable, readOnly].includes(toMessage(reason) ?? '');

function toMessage(reason: unknown): string | undefined {
  if (reason instanceof DatabaseError) {
    const code = reason.code ?? '';
    return messages[code] ?? messages[code.slice(0, 3)] ?? messages[code.slice(0, 2)];
  }
  // The driver and the system throw plain errors, without a class of their own, when a connection breaks.
  const isMistake = !(reason instanceof Error) || reason instanceof TypeError || reason instanceof RangeError;
  return isMistake || reason instanceof ApiError ? undefined : unreachable;
}
