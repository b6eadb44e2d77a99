import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent } from '../../src/agent/agent-client.ts';
import { foldOutput } from '../../src/responses/events/fold-output.ts';
import { toToolSet } from '../../src/responses/plan/to-tool-set.ts';
import { assemble, end, finalOf, text, typesOf } from './assemble.ts';
import { foldEvents } from './fold-events.ts';

const { set: tools } = toToolSet([{ type: 'shell' }, { type: 'apply_patch' }, { type: 'function', name: 'look' }]);

const start = (callId: string, name: string): AgentEvent => ({ type: 'tool-call-start', callId, name });
const add = (callId: string, piece: string): AgentEvent => ({ type: 'tool-call-delta', callId, arguments: piece });
const whole = (callId: string): AgentEvent => ({ type: 'tool-call-end', callId });
const deletion = '{"type":"delete_file","path":"a.txt"}';

describe('the events of a call with a shape of its own', () => {
  it('add up to its item, and come once its arguments are whole', () => {
    const pieces = [start('1', 'shell'), add('1', '{"commands":["l'), add('1', 's","pwd"]}'), whole('1')];
    const events = assemble([...pieces.map((piece) => [piece]), end('tool-calls')], { tools });
    assert.deepEqual(typesOf(events), [
      'output_item.added',
      ...['added', 'delta', 'done', 'added', 'delta', 'done'].map((step) => `shell_call_command.${step}`),
      'output_item.done',
    ]);
    const [item] = finalOf(events).output;
    assert.match(item?.id ?? '', /^sh_/);
    const [folded] = foldEvents(events);
    assert.deepEqual([folded?.item, folded?.done], [item, item]);
    // Before its end, the deltas alone hold the commands.
    const open = foldOutput(events.slice(0, -2), 'incomplete');
    assert.deepEqual(open, [{ ...item, status: 'incomplete' }]);
  });

  it('come in the order in which the calls end, beside a function call in progress', () => {
    const events = assemble(
      [
        [start('1', 'look'), start('2', 'shell'), start('3', 'apply_patch'), add('3', deletion), whole('3')],
        [add('1', '{}'), add('2', '{"commands":["ls"]}'), whole('1'), whole('2')],
        end('tool-calls'),
      ],
      { tools },
    );
    const { output } = finalOf(events);
    assert.deepEqual(
      output.map((item) => [item.type, 'call_id' in item && item.call_id]),
      [
        ['function_call', '1'],
        ['apply_patch_call', '3'],
        ['shell_call', '2'],
      ],
    );
  });

  it('begin a new item for text after the call', () => {
    const events = assemble(
      [
        [start('1', 'apply_patch'), ...text('Soon.'), add('1', deletion), whole('1'), ...text('Done.')],
        end('tool-calls'),
      ],
      { tools },
    );
    const types = finalOf(events).output.map(({ type }) => type);
    assert.deepEqual(types, ['message', 'apply_patch_call', 'message']);
  });

  it('are none for a call that was cut short', () => {
    const events = assemble([[...text('Hm.'), start('1', 'shell'), add('1', '{"commands":["rm ')], end('length')], {
      tools,
    });
    const { status, output } = finalOf(events);
    assert.deepEqual([status, output.map(({ type }) => type)], ['incomplete', ['message']]);
  });

  it('carry the data of the provider', () => {
    const fields = { extra_content: { google: { thought_signature: 'x' } } };
    const data: AgentEvent = { type: 'provider-data', agent: 'one', callId: '1', fields };
    const events = assemble([[start('1', 'apply_patch'), data, add('1', deletion), whole('1')], end('tool-calls')], {
      tools,
    });
    const [item] = finalOf(events).output;
    assert.deepEqual(item?.type === 'apply_patch_call' && item.provider_data, { agent: 'one', fields });
  });

  it('are those of a function when the agent runs a tool of the same name itself', () => {
    const events = assemble(
      [
        [
          { type: 'tool-call-start', callId: '1', name: 'shell', agentRuns: true },
          add('1', '{"cmd":"ls"}'),
          whole('1'),
        ],
        [{ type: 'tool-result', callId: '1', output: 'a.txt' }, ...text('Done.')],
        end('stop'),
      ],
      { tools },
    );
    const types = finalOf(events).output.map(({ type }) => type);
    assert.deepEqual(types, ['function_call', 'function_call_output', 'message']);
  });
});
