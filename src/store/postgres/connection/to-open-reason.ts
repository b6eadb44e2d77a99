import { DatabaseError } from 'pg';
import { limits } from '../../../config/limits.ts';

const silent = `it did not answer within ${limits.postgresConnectMs / 1000} seconds`;
const another = 'it belongs to another application';
const refusedUser = 'it refuses the user or the password';
const unverified = 'its certificate cannot be verified (see sslmode and sslrootcert)';
const notReady = 'it is starting or stopping';

/** Codes of the system and of PostgreSQL, in words for the operator. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its host cannot be reached',
  ENOENT: 'nothing listens there',
  EACCES: 'its socket may not be used',
  ETIMEDOUT: silent,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unverified,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unverified,
  SELF_SIGNED_CERT_IN_CHAIN: unverified,
  DEPTH_ZERO_SELF_SIGNED_CERT: unverified,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host (see sslmode)',
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': 'there is no such database',
  '3F000': 'there is no schema to create tables in (see search_path)',
  '42P07': another, // a table of that name is there
  '42723': another, // a function is
  '42703': another, // our table has other columns
  '25006': 'it can only be read',
  '53300': 'it has too many connections already',
  '55P03': 'another server keeps its schema locked',
  '57P01': notReady,
  '57P02': notReady,
  '57P03': notReady,
};

/** Why a database could not be opened: the end of a sentence, without its full stop. */
export function toOpenReason(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  if (reason.message === 'timeout expired') return silent;
  if ('path' in reason && 'syscall' in reason && reason.syscall === 'open') return `${reason.path} cannot be read`;
  if (reason instanceof DatabaseError && reason.code === '42501') return `the user lacks a right: ${reason.message}`;
  // What PgBouncer says to settings that it could not keep with a connection.
  if (/^unsupported startup parameter/.test(reason.message)) {
    return `a pooler stands before it, which takes prepare=false and no options (${reason.message})`;
  }
  if (!(reason instanceof DatabaseError) && /terminated/.test(reason.message)) return 'it broke the connection';
  return reasons['code' in reason ? String(reason.code) : ''] ?? reason.message;
}
