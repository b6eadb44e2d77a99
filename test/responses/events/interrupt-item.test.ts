import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import { foldOutput } from '../../../src/responses/events/fold-output.ts';
import { interruptItem } from '../../../src/responses/events/interrupt-item.ts';
import { interruptedCall } from '../../../src/tools/interrupted-call.ts';
import { assemble, createAssembler, end, finalOf } from '../assemble.ts';

const mcpCall = { type: 'mcp_call', id: 'mcp_1', server_label: 'files', name: 'read', arguments: '', output: null };
const search = { type: 'web_search_call', id: 'ws_1', status: 'searching' };
const shell = {
  type: 'shell_call',
  id: 'sh_1',
  call_id: 'call_1',
  status: 'in_progress',
  action: { commands: ['ls'] },
};

const begin = (item: { id: string }): AgentEvent => ({ type: 'item-start', key: item.id, item: { ...item } });
const write = (type: string, fields: object): AgentEvent => ({
  type: 'item-event',
  key: 'mcp_1',
  event: { type: `response.mcp_call_arguments.${type}`, item_id: 'mcp_1', output_index: 0, ...fields },
});

/** Two items whose results never come. */
const unfinished: AgentEvent[] = [
  begin({ ...mcpCall, status: 'in_progress' } as typeof mcpCall),
  write('delta', { delta: '{"path":' }),
  write('delta', { delta: '"a"}' }),
  begin(search),
];
const interrupted = [
  { ...mcpCall, status: 'failed', arguments: '{"path":"a"}', error: interruptedCall },
  { ...search, status: 'failed' },
];

describe('items whose response ends before them', () => {
  it('fail in a response that fails, with the arguments so far', () => {
    assert.deepEqual(finalOf(assemble([unfinished], { broken: true })).output, interrupted);
  });

  it('are done before a response that ends', () => {
    const events = assemble([unfinished, end('length')]);
    assert.deepEqual(finalOf(events).output, interrupted);
    assert.deepEqual(
      events.slice(-4).map(({ type }) => type.replace('response.', '')),
      ['mcp_call.failed', 'output_item.done', 'output_item.done', 'incomplete'],
    );
  });

  it('fail in the output that a log adds up to, unless its response runs', () => {
    const assembler = createAssembler();
    const log = [...assembler.start(), ...assembler.take(unfinished)];
    assert.deepEqual(foldOutput(log, 'incomplete'), interrupted);
    const statuses = foldOutput(log, 'in_progress').map((item) => 'status' in item && item.status);
    assert.deepEqual(statuses, ['in_progress', 'searching']);
  });

  it('have a status of their type', () => {
    assert.equal(interruptItem(shell, 'incomplete').status, 'incomplete');
    assert.equal(interruptItem({ type: 'apply_patch_call', status: 'in_progress' }, 'incomplete').status, 'completed');
    const done = { ...search, status: 'completed' };
    assert.equal(interruptItem(done, 'incomplete'), done);
  });
});
