/** SQL that both databases understand. The table is `own`. */

/** The columns of `SummaryRow`, except for `pendingApprovals`. */
export const summaryColumns = `
  own.id, own.tenant, own.server, own.state, own.created_at AS "createdAt", own.begun_at AS "begunAt",
  own.first_output_at AS "firstOutputAt", own.ended_at AS "endedAt", own.agent, own.model,
  own.is_background AS "isBackground", own.is_detached AS "isDetached", own.is_compaction AS "isCompaction",
  own.request_id AS "requestId", own.attempt, own.earlier_model_calls + own.model_calls AS "modelCalls",
  own.earlier_tool_calls + own.tool_calls AS "toolCalls", own.input_tokens AS "inputTokens",
  own.output_tokens AS "outputTokens", own.reason, own.error_code AS "errorCode", own.error_message AS "errorMessage"`;

export const allCalls = 'own.earlier_calls || own.calls AS calls';

/** Counts the approvals that the run asked for and that are pending. `now`: Unix seconds. */
export const pendingApprovals = (now: string): string => `
  (
    SELECT count(*) FROM approvals
    WHERE approvals.tenant = own.tenant AND approvals.run_id = own.id AND used_by IS NULL AND approvals.expires_at > ${now}
  ) AS "pendingApprovals"`;

/** The columns of a put, in order. The start of the execution is the start of the run in its first record. */
export const putColumns = `
  id, tenant, server, state, created_at, executed_at, begun_at, first_output_at, ended_at, agent, model,
  is_background, is_detached, is_compaction, request_id, attempt, model_calls, tool_calls, input_tokens, output_tokens,
  reason, error_code, error_message, calls`;

const isSame = 'own.server = excluded.server AND own.executed_at = excluded.executed_at';
/** Keeps a column of earlier executions, and adds that of the last one when another execution follows. */
const carry = (earlier: string, last: string, operator: '+' | '||') =>
  `${earlier} = CASE WHEN ${isSame} THEN own.${earlier} ELSE own.${earlier} ${operator} own.${last} END`;
const replace = (...columns: string[]) => columns.map((column) => `${column} = excluded.${column}`).join(', ');
/** Keeps what this execution does not know. */
const update = (...columns: string[]) =>
  columns.map((column) => `${column} = coalesce(excluded.${column}, own.${column})`).join(', ');
const keep = (...columns: string[]) =>
  columns.map((column) => `${column} = coalesce(own.${column}, excluded.${column})`).join(', ');
const unite = (...columns: string[]) =>
  columns.map((column) => `${column} = own.${column} OR excluded.${column}`).join(', ');

/** The end of a put: merges an execution into the record of its run. */
export const mergeRecord = `
  ON CONFLICT (id) DO UPDATE SET
    ${carry('earlier_calls', 'calls', '||')},
    ${carry('earlier_model_calls', 'model_calls', '+')},
    ${carry('earlier_tool_calls', 'tool_calls', '+')},
    ${replace('server', 'executed_at', 'state', 'ended_at', 'attempt', 'model_calls', 'tool_calls', 'calls')},
    ${replace('reason', 'error_code', 'error_message')},
    ${keep('begun_at', 'first_output_at')},
    ${update('agent', 'model', 'request_id', 'input_tokens', 'output_tokens')},
    ${unite('is_background', 'is_detached', 'is_compaction')}
  WHERE excluded.executed_at >= own.executed_at`;

/** The error of a run whose server is dead. */
export const lostRun = {
  code: 'server_stopped',
  message: 'The server stopped before the run had ended.',
} as const;

export const setLost = (now: string): string =>
  `state = 'failed', ended_at = ${now}, error_code = '${lostRun.code}', error_message = '${lostRun.message}'`;
