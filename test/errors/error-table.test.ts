import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { type ErrorCode, errorTable } from '../../src/errors/error-table.ts';
import { toErrorBody } from '../../src/errors/to-error-body.ts';

// `Object.keys` forgets the names of a literal's keys.
const codes = Object.keys(errorTable) as ErrorCode[];

test('the codes are stable: removing one breaks clients', () => {
  assert.deepEqual(codes.toSorted(), [
    'answer_too_large',
    'approval_conflict',
    'approval_denied',
    'approval_expired',
    'approval_not_found',
    'chat_completion_not_found',
    'context_length_exceeded',
    'conversation_locked',
    'conversation_not_found',
    'expectation_failed',
    'host_not_allowed',
    'idempotency_key_conflict',
    'insufficient_quota',
    'internal_error',
    'invalid_api_key',
    'invalid_encrypted_content',
    'invalid_json',
    'invalid_stream_id',
    'invalid_type',
    'invalid_value',
    'item_not_found',
    'journal_disabled',
    'journal_entry_not_found',
    'mcp_server_error',
    'method_not_allowed',
    'missing_required_parameter',
    'model_not_found',
    'no_rule_matched',
    'not_found',
    'operator_required',
    'origin_not_allowed',
    'previous_response_in_progress',
    'previous_response_not_found',
    'rate_limit_exceeded',
    'request_cancelled',
    'request_too_large',
    'response_not_found',
    'response_stream_expired',
    'rules_unavailable',
    'run_attempts_exceeded',
    'run_not_found',
    'run_stopped',
    'run_timeout',
    'schema_too_expensive',
    'server_shutting_down',
    'store_unavailable',
    'unsupported_media_type',
    'unsupported_parameter',
    'unsupported_value',
    'upgrade_required',
    'upstream_error',
    'upstream_timeout',
    'websocket_connection_limit_reached',
    'websocket_stream_limit_reached',
  ]);
});

for (const code of codes) {
  test(`${code} has a status of its type, and an envelope with all four fields`, () => {
    const { status, type } = errorTable[code];
    const error = new ApiError(code, 'A sentence.');
    assert.equal(error.status, status);
    assert.deepEqual(toErrorBody(error), { error: { message: 'A sentence.', type, param: null, code } });
    if (type === 'server_error') assert.ok(status >= 500);
    else assert.ok(status >= 400 && status < 500);
  });
}
