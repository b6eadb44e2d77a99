import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentEvent, AgentRequest } from '../../../src/agent/agent-client.ts';
import { enforceToolChoice } from '../../../src/agent/guards/enforce-tool-choice.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { call, end, play, request, scriptedAgent, text } from '../scripted-agent.ts';

const tools = [{ name: 'look' }, { name: 'listen' }];

/** Returns the events that remain of an agent's answer to a request with these tools. */
function enforced(events: AgentEvent[], fields: Partial<AgentRequest>): Promise<AgentEvent[]> {
  return play(enforceToolChoice(scriptedAgent([events])), request({ tools, ...fields }));
}

const namesOf = (events: AgentEvent[]) =>
  events.flatMap((event) => (event.type === 'tool-call-start' ? [event.name] : []));
const isUpstreamError = (error: unknown): boolean => error instanceof ApiError && error.code === 'upstream_error';

describe('enforceToolChoice', () => {
  const both = [...text('Hm.'), ...call('1', 'look'), ...call('2', 'listen'), end('tool-calls')];

  it('passes calls of the tools in the request unchanged', async () => {
    assert.deepEqual(await enforced(both, {}), both);
  });

  it('passes calls of other tools, which the client answers', async () => {
    const events = [...call('1', 'look'), ...call('2', 'delete_all'), end('tool-calls')];
    assert.deepEqual(await enforced(events, {}), events);
    assert.deepEqual(await enforced(events, { toolChoice: 'required' }), events);
  });

  it('mends the name of a tool that only one of the request can mean', async () => {
    for (const name of ['functions.look', 'default_api:look', 'Look', 'look:0', 'tools/look']) {
      assert.deepEqual(namesOf(await enforced([...call('1', name), end('tool-calls')], {})), ['look'], name);
    }
  });

  it('suppresses calls of other tools if the choice allows only these (N44, N45)', async () => {
    const events = [...call('1', 'look'), ...call('2', 'delete_all'), end('tool-calls')];
    assert.deepEqual(await enforced(events, { toolsRestricted: true }), [...call('1', 'look'), end('tool-calls')]);
  });

  it('fails a run whose calls are all suppressed, and names the tool', async () => {
    for (const fields of [{ toolsRestricted: true }, { toolsRestricted: true, tools: [] }]) {
      const message = "The agent called only tools that the request does not allow. It called 'delete_all'.";
      for (const before of [[], [{ type: 'reasoning-delta' as const, text: 'hm' }]]) {
        const events = [...before, ...call('1', 'delete_all'), end('tool-calls')];
        await assert.rejects(enforced(events, fields), { code: 'upstream_error', message });
      }
      const spoken = await enforced([...call('1', 'delete_all'), ...text('Hm.'), end('tool-calls')], fields);
      assert.deepEqual(spoken, [...text('Hm.'), end('tool-calls')]);
    }
  });

  it('logs the tools of suppressed calls', async () => {
    const lines: object[] = [];
    const log = { warn: (details: object) => lines.push(details) };
    const events = [...text('Hm.'), ...call('1', 'look'), ...call('2', 'listen'), end('tool-calls')];
    await play(enforceToolChoice(scriptedAgent([events]), log), request({ tools, toolChoice: 'none' }));
    assert.deepEqual(lines, [{ tools: ['look', 'listen'] }]);
  });

  it('suppresses all calls for the choice none (N42)', async () => {
    assert.deepEqual(await enforced(both, { toolChoice: 'none' }), [...text('Hm.'), end('tool-calls')]);
  });

  it('passes only calls of a named tool (L3)', async () => {
    assert.deepEqual(namesOf(await enforced(both, { toolChoice: { name: 'listen' } })), ['listen']);
  });

  it('passes only the first call without parallel calls', async () => {
    const events = await enforced(both, { parallelToolCalls: false });
    assert.deepEqual(events, [...text('Hm.'), ...call('1', 'look'), end('tool-calls')]);
    assert.deepEqual(namesOf(await enforced(both, { parallelToolCalls: true })), ['look', 'listen']);
  });

  it('does not count a suppressed call as the allowed one', async () => {
    const events = [...call('1', 'delete_all'), ...call('2', 'listen'), end('tool-calls')];
    const fields = { parallelToolCalls: false, toolsRestricted: true };
    assert.deepEqual(namesOf(await enforced(events, fields)), ['listen']);
  });

  it('drops the deltas of a suppressed call, even if calls interleave', async () => {
    const [start1, delta1, end1] = call('1', 'look');
    const [start2, delta2, end2] = call('2', 'delete_all');
    assert.ok(start1 && delta1 && end1 && start2 && delta2 && end2);
    const events = [start1, start2, delta2, delta1, end2, end1, end('tool-calls')];
    assert.deepEqual(await enforced(events, { toolsRestricted: true }), [start1, delta1, end1, end('tool-calls')]);
  });

  for (const toolChoice of ['required', { name: 'look' }] as const) {
    const choice = JSON.stringify(toolChoice);

    for (const reason of ['stop', 'tool-calls'] as const) {
      it(`fails a run that must call (${choice}) and ends with ${reason} without a call (N41, L3)`, async () => {
        await assert.rejects(enforced([...text('No.'), end(reason)], { toolChoice }), isUpstreamError);
        const other = [...call('1', 'delete_all'), end(reason)];
        await assert.rejects(enforced(other, { toolChoice, toolsRestricted: true }), isUpstreamError);
      });
    }

    for (const reason of ['length', 'content-filter'] as const) {
      it(`does not fail a run that must call (${choice}) and is cut short by ${reason}`, async () => {
        const events = [...text('Le'), end(reason)];
        assert.deepEqual(await enforced(events, { toolChoice }), events);
      });
    }

    it(`accepts a run with a call (${choice})`, async () => {
      const events = [...call('1', 'look'), end('tool-calls')];
      assert.deepEqual(await enforced(events, { toolChoice }), events);
    });
  }

  it('passes calls that the agent runs itself, whatever the choice', async () => {
    const own: AgentEvent[] = [
      ...call('1', 'own_tool', { agentRuns: true }),
      { type: 'tool-result', callId: '1', output: 'done' },
    ];
    const events = [...own, ...text('Done.'), end()];
    assert.deepEqual(await enforced(events, { toolChoice: 'none' }), events);
    await assert.rejects(enforced(events, { toolChoice: 'required' }), isUpstreamError);
    const more = [...own, ...call('2', 'look'), end('tool-calls')];
    assert.deepEqual(await enforced(more, { parallelToolCalls: false }), more);
  });

  it('passes batches unchanged, and no empty ones', async () => {
    const batches = [text('Hm.'), call('1', 'delete_all'), [end()]];
    const agent = enforceToolChoice(scriptedAgent(batches));
    const passed = await agent.run(request({ tools, toolsRestricted: true }), { signal: new AbortController().signal });
    assert.deepEqual(await Array.fromAsync(passed), [text('Hm.'), [end()]]);
  });

  it('suppresses all calls for the choice none without tools', async () => {
    const events = [...text('Hm.'), ...call('1', 'look'), end('tool-calls')];
    assert.deepEqual(namesOf(await enforced(events, { tools: [], toolChoice: 'none' })), []);
  });

  it('does nothing without tools and choice', async () => {
    const events = [...text('Hm.'), ...call('1', 'look'), end('tool-calls')];
    assert.deepEqual(await enforced(events, { tools: [] }), events);
  });

  it('passes models and disposal through', async () => {
    const agent = scriptedAgent();
    const [model] = await enforceToolChoice(agent).models({ signal: new AbortController().signal });
    assert.equal(model?.id, 'scripted');
    await using _disposed = enforceToolChoice(agent);
  });
});
