import { type Fixtures, functionTool } from './fixtures.ts';

const picture = 'data:image/png;base64,iVBORw0KGgo=';
const screenshot = { type: 'computer_screenshot', image_url: picture };
const listed = { id: 'mcpl_1', server_label: 'files', tools: [] };
const patch = { type: 'delete_file', path: 'a.txt' };
const done = { status: 'completed' };
const search = [
  { type: 'tool_search_call', call_id: 'call_1', arguments: {}, ...done },
  { type: 'tool_search_output', call_id: 'call_1', tools: [functionTool], ...done },
];

/**
 * For each type of input item, items that a request could have: a call with its output. All follow OpenAI's contract.
 */
export function itemSamples(fixtures: Fixtures): Record<string, object[]> {
  const pair = (kind: string, call: object, output: object): Record<string, object[]> => {
    const items = [
      { type: kind, call_id: 'call_1', ...call },
      { type: `${kind}_output`, call_id: 'call_1', ...output },
    ];
    return { [kind]: items, [`${kind}_output`]: items };
  };
  const one = (kind: string, item: object): Record<string, object[]> => ({ [kind]: [{ type: kind, ...item }] });
  return {
    ...one('message', { role: 'assistant', content: 'Said before.' }),
    ...pair('function_call', { name: 'look', arguments: '{}' }, { output: 'seen' }),
    ...pair('custom_tool_call', { name: 'patch', input: 'x' }, { output: 'done' }),
    ...one('reasoning', { id: 'rs_1', summary: [{ type: 'summary_text', text: 'First I think.' }] }),
    ...one('item_reference', { id: fixtures.itemId }),
    compaction: [fixtures.compaction],
    ...one('compaction_trigger', {}),
    ...one('configuration_update', { reasoning: { effort: 'low' } }),
    ...one('agent_message', { author: 'one', recipient: 'two', content: [{ type: 'input_text', text: 'Go.' }] }),
    ...pair('multi_agent_call', { action: 'wait_agent', arguments: '{}' }, { action: 'wait_agent', output: [] }),
    ...one('additional_tools', { role: 'developer', tools: [functionTool] }),
    ...pair(
      'computer_call',
      { id: 'cu_1', pending_safety_checks: [], action: { type: 'wait' }, ...done },
      { output: screenshot },
    ),
    ...pair(
      'local_shell_call',
      { id: 'ls_1', action: { type: 'exec', command: ['ls'], env: {} }, ...done },
      {
        id: 'call_1',
        output: 'a.txt',
      },
    ),
    ...pair(
      'shell_call',
      { action: { commands: ['ls'] }, ...done },
      {
        output: [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit', exit_code: 0 } }],
      },
    ),
    ...pair('apply_patch_call', { operation: patch, ...done }, { ...done, output: 'done' }),
    ...one('file_search_call', { id: 'fs_1', queries: ['a'], results: null, ...done }),
    ...one('web_search_call', { id: 'ws_1', action: { type: 'search', query: 'a' }, ...done }),
    ...one('image_generation_call', { id: 'ig_1', result: 'iVBORw0KGgo=', ...done }),
    ...one('code_interpreter_call', { id: 'ci_1', container_id: 'c_1', code: '1', outputs: null, ...done }),
    ...one('mcp_list_tools', listed),
    ...one('mcp_approval_request', { id: 'mcpr_1', server_label: 'files', name: 'read', arguments: '{}' }),
    ...one('mcp_approval_response', { approval_request_id: 'mcpr_1', approve: true }),
    ...one('mcp_call', { id: 'mcp_1', server_label: 'files', name: 'read', arguments: '{}', output: 'a' }),
    tool_search_call: search,
    tool_search_output: search,
    ...one('program', { id: 'pg_1', call_id: 'call_1', code: '1', fingerprint: 'f', ...done }),
    ...one('program_output', { id: 'po_1', call_id: 'call_1', result: '1', ...done }),
  };
}
