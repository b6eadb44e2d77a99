/**
 * Every error code this server gives, with its HTTP status and the `type` of OpenAI's envelope. Codes are stable:
 * clients switch on them.
 */
export const errorTable = {
  invalid_json: { status: 400, type: 'invalid_request_error' },
  missing_required_parameter: { status: 400, type: 'invalid_request_error' },
  invalid_type: { status: 400, type: 'invalid_request_error' },
  invalid_value: { status: 400, type: 'invalid_request_error' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error' },
  unsupported_value: { status: 400, type: 'invalid_request_error' },
  context_length_exceeded: { status: 400, type: 'invalid_request_error' },
  /** A client's JSON Schema that can't be applied to an answer within the limits on time and memory. */
  schema_too_expensive: { status: 400, type: 'invalid_request_error' },
  invalid_encrypted_content: { status: 400, type: 'invalid_request_error' },
  websocket_connection_limit_reached: { status: 400, type: 'invalid_request_error' },
  invalid_api_key: { status: 401, type: 'invalid_request_error' },
  host_not_allowed: { status: 403, type: 'invalid_request_error' },
  origin_not_allowed: { status: 403, type: 'invalid_request_error' },
  not_found: { status: 404, type: 'invalid_request_error' },
  model_not_found: { status: 404, type: 'invalid_request_error' },
  response_not_found: { status: 404, type: 'invalid_request_error' },
  previous_response_not_found: { status: 404, type: 'invalid_request_error' },
  conversation_not_found: { status: 404, type: 'invalid_request_error' },
  item_not_found: { status: 404, type: 'invalid_request_error' },
  chat_completion_not_found: { status: 404, type: 'invalid_request_error' },
  method_not_allowed: { status: 405, type: 'invalid_request_error' },
  idempotency_key_conflict: { status: 409, type: 'invalid_request_error' },
  previous_response_in_progress: { status: 409, type: 'invalid_request_error' },
  conversation_locked: { status: 409, type: 'invalid_request_error' },
  response_stream_expired: { status: 410, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  expectation_failed: { status: 417, type: 'invalid_request_error' },
  upgrade_required: { status: 426, type: 'invalid_request_error' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error' },
  /** The tenant's storage quota is used up. OpenAI's code for a limit that waiting does not lift. */
  insufficient_quota: { status: 429, type: 'rate_limit_error' },
  /** Never seen on a socket: the client that would read it has gone. */
  request_cancelled: { status: 499, type: 'invalid_request_error' },
  internal_error: { status: 500, type: 'server_error' },
  /** The run was recovered `RUN_ATTEMPTS` times, and each server that ran it died. */
  run_attempts_exceeded: { status: 500, type: 'server_error' },
  upstream_error: { status: 502, type: 'server_error' },
  answer_too_large: { status: 502, type: 'server_error' },
  server_shutting_down: { status: 503, type: 'server_error' },
  store_unavailable: { status: 503, type: 'server_error' },
  upstream_timeout: { status: 504, type: 'server_error' },
  run_timeout: { status: 504, type: 'server_error' },
} as const satisfies Record<string, { status: number; type: string }>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorType = (typeof errorTable)[ErrorCode]['type'];
