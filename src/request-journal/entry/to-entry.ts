import type { Schemas } from '../../contract/types.ts';
import { isObject } from '../../json/is-object.ts';
import type { JournalRecord } from '../journal-record.ts';
import { foldReply } from './fold-reply.ts';
import { readMessage, readModel } from './read-body.ts';
import { readMisses, readRule } from './read-verdict.ts';
import { redactBody, redactHeaders } from './redact.ts';

/** Returns a request of the journal in the contract's form, without secrets. */
export function toEntry(record: JournalRecord): Schemas['JournalEntry'] {
  const { body } = record;
  const response = foldReply(record.reply) ?? null;
  return {
    id: record.id,
    object: 'journal.entry',
    created_at: record.arrivedAt / 1000,
    transport: record.transport,
    tenant: record.tenant ?? null,
    method: record.method,
    path: record.path,
    operation: record.operation ?? null,
    model: readModel(body) ?? null,
    message: readMessage(body) ?? null,
    headers: redactHeaders(record.headers),
    body: redactBody(body) ?? null,
    body_truncated: record.isBodyTruncated,
    outcome: record.outcome,
    status: record.status ?? null,
    error: record.error ?? (record.reply.isStream ? readFailure(response?.body) : null),
    milliseconds: record.milliseconds ?? null,
    response,
    rule: readRule(record) ?? null,
    unmatched_rules: readMisses(record),
  };
}

/** Returns the error of a failed response. Its stream ends in order, so the request itself has none. */
function readFailure(response: unknown): Schemas['JournalEntry']['error'] {
  const error = isObject(response) && response['status'] === 'failed' ? response['error'] : undefined;
  return isObject(error) ? { code: String(error['code']), message: String(error['message']) } : null;
}
