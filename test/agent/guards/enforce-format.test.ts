import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { AgentClient, AgentEvent, AgentOutputFormat, AgentUsage } from '../../../src/agent/agent-client.ts';
import { enforceFormat as enforce } from '../../../src/agent/guards/enforce-format.ts';
import { limits } from '../../../src/config/limits.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { createLog } from '../../../src/log.ts';
import { SchemaChecker } from '../../../src/schemas/schema-checker.ts';
import { call, end, play, request, scriptedAgent, text } from '../scripted-agent.ts';

const checker = new SchemaChecker(
  { checkMs: limits.schemaCheckMs, checkMegabytes: limits.schemaCheckMegabytes },
  createLog('silent'),
);
after(() => checker[Symbol.asyncDispose]());
const enforceFormat = (agent: AgentClient) => enforce(agent, checker);

const schema = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] };
const format: AgentOutputFormat = { type: 'json_schema', name: 'person', schema };
const usage: AgentUsage = { inputTokens: 5, cachedInputTokens: 2, outputTokens: 7, reasoningTokens: 3 };
const counted: AgentEvent = { type: 'usage', usage };

const answer = (value: string): AgentEvent[] => [...text(value), counted, end()];
const fitting = answer('{"age":7}');
const wrong = answer('{"age":"seven"}');

function isMismatch(complaint: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, 'upstream_error');
    assert.match(error.message, complaint);
    return true;
  };
}

describe('enforceFormat', () => {
  it('runs once when the answer fits', async () => {
    const agent = scriptedAgent([fitting]);
    assert.deepEqual(await play(enforceFormat(agent), request({ format })), fitting);
    assert.equal(agent.requests.length, 1);
  });

  it('sends the mismatch to the agent, and returns its second answer', async () => {
    const agent = scriptedAgent([wrong], [fitting]);
    const events = await play(enforceFormat(agent), request({ format }));
    const [first, second] = agent.requests;
    assert.deepEqual(second?.messages.slice(0, -2), first?.messages);
    const [said, complaint] = second?.messages.slice(-2) ?? [];
    assert.deepEqual(said, {
      role: 'assistant',
      content: [{ type: 'text', text: '{"age":"seven"}' }],
      toolCalls: [],
    });
    assert.equal(complaint?.role, 'user');
    assert.match(JSON.stringify(complaint), /\/age must be integer/);
    assert.deepEqual({ ...second, messages: [] }, { ...first, messages: [] });
    const doubled = { inputTokens: 10, cachedInputTokens: 4, outputTokens: 14, reasoningTokens: 6 };
    assert.deepEqual(events, [...text('{"age":7}'), { type: 'usage', usage: doubled }, end()]);
  });

  it('fails when the second answer does not fit either', async () => {
    const agent = scriptedAgent([wrong], [answer('seven')]);
    await assert.rejects(play(enforceFormat(agent), request({ format })), isMismatch(/it is not valid JSON/));
    assert.equal(agent.requests.length, 2);
  });

  const complaints: [string, AgentOutputFormat, string, RegExp][] = [
    ['text', format, 'seven', /it is not valid JSON/],
    ['nothing', format, '', /it is not valid JSON/],
    ['a field too few', format, '{}', /it must have required property 'age'/],
    ['a list', { type: 'json_object' }, '[]', /it is not an object/],
    ['null', { type: 'json_object' }, 'null', /it is not an object/],
    ['half an object', { type: 'json_object' }, '{"age":', /it is not valid JSON/],
  ];
  for (const [name, wanted, said, complaint] of complaints) {
    it(`reports every kind of mismatch: ${name} for ${wanted.type}`, async () => {
      const agent = scriptedAgent([answer(said)], [answer('{"age":7}')]);
      await play(enforceFormat(agent), request({ format: wanted }));
      assert.match(JSON.stringify(agent.requests[1]?.messages.at(-1)), complaint);
    });
  }

  it('accepts any object for json_object', async () => {
    const events = answer('{"a":[1]}');
    assert.deepEqual(
      await play(enforceFormat(scriptedAgent([events])), request({ format: { type: 'json_object' } })),
      events,
    );
  });

  const unchecked: [string, AgentEvent[]][] = [
    ['calls a tool', [...text('Let me see.'), ...call('1', 'look'), end('tool-calls')]],
    ['refuses', [{ type: 'refusal-start' }, { type: 'refusal-delta', text: 'No.' }, { type: 'refusal-end' }, end()]],
    ['was cut short', [...text('{"age":'), end('length')]],
    ['was filtered', [...text('{"age":'), end('content-filter')]],
  ];
  for (const [name, events] of unchecked) {
    for (const watched of [false, true]) {
      it(`does not check a run that ${name} (${watched ? 'watched' : 'unwatched'})`, async () => {
        assert.deepEqual(await play(enforceFormat(scriptedAgent([events])), request({ format, watched })), events);
      });
    }
  }

  it('checks the answer after calls that the agent ran itself', async () => {
    const own: AgentEvent[] = [
      ...call('1', 'own', { agentRuns: true }),
      { type: 'tool-result', callId: '1', output: '7' },
    ];
    const agent = scriptedAgent([[...own, ...wrong]], [fitting]);
    await play(enforceFormat(agent), request({ format }));
    assert.equal(agent.requests.length, 2);
  });

  it('does nothing without a format', async () => {
    const events = answer('seven');
    assert.deepEqual(await play(enforceFormat(scriptedAgent([events])), request()), events);
  });

  it('fails with the error of the agent when it refuses the second run', async () => {
    const agent = scriptedAgent([wrong]);
    await assert.rejects(play(enforceFormat(agent), request({ format })), /Run 2 was not expected/);
  });
});

describe('enforceFormat for a watched run', () => {
  it('passes events on as they arrive', async () => {
    const batches = [text('{"age"'), text(':7}'), [counted, end()]];
    const run = await enforceFormat(scriptedAgent(batches)).run(request({ format, watched: true }), {
      signal: new AbortController().signal,
    });
    assert.deepEqual(await Array.fromAsync(run), batches);
  });

  it('does not retry an answer that does not fit: the run fails before its end', async () => {
    const agent = scriptedAgent([text('{"age":"seven"}'), [counted, end()]]);
    const run = await enforceFormat(agent).run(request({ format, watched: true }), {
      signal: new AbortController().signal,
    });
    const seen: AgentEvent[] = [];
    const reading = (async () => {
      for await (const batch of run) seen.push(...batch);
    })();
    await assert.rejects(reading, isMismatch(/\/age must be integer/));
    assert.deepEqual(seen, text('{"age":"seven"}'));
    assert.equal(agent.requests.length, 1);
  });
});
