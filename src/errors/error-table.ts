import type { Schemas } from '../contract/types.ts';

/**
 * Maps each error code of the contract to its HTTP status and the `type` of OpenAI's envelope. The contract describes
 * the codes, which are stable: clients switch on them.
 */
export const errorTable = {
  invalid_json: { status: 400, type: 'invalid_request_error' },
  missing_required_parameter: { status: 400, type: 'invalid_request_error' },
  invalid_type: { status: 400, type: 'invalid_request_error' },
  invalid_value: { status: 400, type: 'invalid_request_error' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error' },
  unsupported_value: { status: 400, type: 'invalid_request_error' },
  context_length_exceeded: { status: 400, type: 'invalid_request_error' },
  schema_too_expensive: { status: 400, type: 'invalid_request_error' },
  invalid_encrypted_content: { status: 400, type: 'invalid_request_error' },
  websocket_connection_limit_reached: { status: 400, type: 'invalid_request_error' },
  websocket_stream_limit_reached: { status: 400, type: 'invalid_request_error' },
  invalid_stream_id: { status: 400, type: 'invalid_request_error' },
  invalid_api_key: { status: 401, type: 'invalid_request_error' },
  approval_denied: { status: 403, type: 'invalid_request_error' },
  operator_required: { status: 403, type: 'invalid_request_error' },
  /** Not a status that SDKs retry: the run would begin again. */
  run_stopped: { status: 403, type: 'invalid_request_error' },
  host_not_allowed: { status: 403, type: 'invalid_request_error' },
  origin_not_allowed: { status: 403, type: 'invalid_request_error' },
  not_found: { status: 404, type: 'invalid_request_error' },
  model_not_found: { status: 404, type: 'invalid_request_error' },
  no_rule_matched: { status: 404, type: 'invalid_request_error' },
  response_not_found: { status: 404, type: 'invalid_request_error' },
  previous_response_not_found: { status: 404, type: 'invalid_request_error' },
  conversation_not_found: { status: 404, type: 'invalid_request_error' },
  item_not_found: { status: 404, type: 'invalid_request_error' },
  chat_completion_not_found: { status: 404, type: 'invalid_request_error' },
  approval_not_found: { status: 404, type: 'invalid_request_error' },
  run_not_found: { status: 404, type: 'invalid_request_error' },
  journal_entry_not_found: { status: 404, type: 'invalid_request_error' },
  method_not_allowed: { status: 405, type: 'invalid_request_error' },
  idempotency_key_conflict: { status: 409, type: 'invalid_request_error' },
  previous_response_in_progress: { status: 409, type: 'invalid_request_error' },
  conversation_locked: { status: 409, type: 'invalid_request_error' },
  approval_conflict: { status: 409, type: 'invalid_request_error' },
  journal_disabled: { status: 409, type: 'invalid_request_error' },
  rules_unavailable: { status: 409, type: 'invalid_request_error' },
  approval_expired: { status: 410, type: 'invalid_request_error' },
  response_stream_expired: { status: 410, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  expectation_failed: { status: 417, type: 'invalid_request_error' },
  /** OpenAI's status for a tool server that fails. */
  mcp_server_error: { status: 424, type: 'invalid_request_error' },
  upgrade_required: { status: 426, type: 'invalid_request_error' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error' },
  /** OpenAI's code for a limit that waiting doesn't lift. */
  insufficient_quota: { status: 429, type: 'rate_limit_error' },
  /** Appears in logs only: the client that would read it has disconnected. */
  request_cancelled: { status: 499, type: 'invalid_request_error' },
  internal_error: { status: 500, type: 'server_error' },
  run_attempts_exceeded: { status: 500, type: 'server_error' },
  upstream_error: { status: 502, type: 'server_error' },
  answer_too_large: { status: 502, type: 'server_error' },
  server_shutting_down: { status: 503, type: 'server_error' },
  store_unavailable: { status: 503, type: 'server_error' },
  upstream_timeout: { status: 504, type: 'server_error' },
  run_timeout: { status: 504, type: 'server_error' },
} as const satisfies Record<Schemas['ErrorCode'], { status: number; type: string }>;

export type ErrorCode = Schemas['ErrorCode'];
export type ErrorType = (typeof errorTable)[ErrorCode]['type'];
