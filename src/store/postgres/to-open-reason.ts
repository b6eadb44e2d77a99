import { DatabaseError } from 'pg';
import { limits } from '../../config/limits.ts';

const silent = `it did not answer within ${limits.postgresConnectMs / 1000} seconds`;
const another = 'it belongs to another application';
const refusedUser = 'it refuses the user or the password';
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
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': 'there is no such database',
  '3F000': 'there is no schema to create tables in (see search_path)',
  '42501': 'the user may not create tables in it',
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
  if (!(reason instanceof DatabaseError) && /terminated/.test(reason.message)) return 'it broke the connection';
  return reasons['code' in reason ? String(reason.code) : ''] ?? reason.message;
}
