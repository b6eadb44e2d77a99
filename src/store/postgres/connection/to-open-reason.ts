import { DatabaseError } from 'pg';
import { limits } from '../../../config/limits.ts';

const silent = `it did not answer within ${limits.postgresConnectMs / 1000} seconds`;
const another = 'it belongs to another application';
const refusedUser = 'it rejected the user or the password';
const unverified = 'its certificate cannot be verified (see sslmode and sslrootcert)';
const notReady = 'it is starting or stopping';

/** Reasons for the operator, by system error code or SQLSTATE. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name cannot be resolved',
  EAI_AGAIN: 'its host name cannot be resolved',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its host cannot be reached',
  ENOENT: 'nothing listens there',
  EACCES: 'permission to use its socket was denied',
  ETIMEDOUT: silent,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unverified,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unverified,
  SELF_SIGNED_CERT_IN_CHAIN: unverified,
  DEPTH_ZERO_SELF_SIGNED_CERT: unverified,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host (see sslmode)',
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': 'the database does not exist',
  '3F000': 'it has no schema for the tables (see search_path)',
  '42P07': another, // a table with that name exists
  '42723': another, // a function with that name exists
  '42703': another, // a table has other columns
  '25006': 'it is read-only',
  '53300': 'it has too many connections',
  '55P03': 'another server has locked its schema',
  '57P01': notReady,
  '57P02': notReady,
  '57P03': notReady,
};

/** Returns why a database could not be opened, as a clause without a full stop. */
export function toOpenReason(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  if (reason.message === 'timeout expired') return silent;
  if ('path' in reason && 'syscall' in reason && reason.syscall === 'open') return `${reason.path} cannot be read`;
  if (reason instanceof DatabaseError && reason.code === '42501')
    return `the user lacks a privilege: ${reason.message}`;
  // PgBouncer rejects session settings with this message.
  if (/^unsupported startup parameter/.test(reason.message)) {
    return `it is behind a pooler: set prepare=false and remove options from the URL (${reason.message})`;
  }
  if (!(reason instanceof DatabaseError) && /terminated/.test(reason.message)) return 'it closed the connection';
  return reasons['code' in reason ? String(reason.code) : ''] ?? reason.message;
}
