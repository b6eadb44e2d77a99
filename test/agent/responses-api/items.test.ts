import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria } from '../../helpers/talaria.ts';

const search = {
  item: {
    type: 'web_search_call',
    id: 'ws_1',
    status: 'completed',
    action: { type: 'search', query: 'weather', sources: [{ type: 'url', url: 'https://example.com' }] },
  },
  events: [
    { type: 'response.web_search_call.in_progress' },
    { type: 'response.web_search_call.searching' },
    { type: 'response.web_search_call.completed' },
  ],
};
const unknown = {
  item: { type: 'quantum_call', id: 'qc_1', status: 'collapsed', qubits: [0, 1] },
  events: [{ type: 'response.quantum_call.entangled', pairs: [[0, 1]] }],
};
const reasoning = {
  item: {
    type: 'reasoning',
    id: 'rs_up',
    summary: [
      { type: 'summary_text', text: 'First.' },
      { type: 'summary_text', text: 'Second.' },
    ],
    encrypted_content: 'gAAAA-secret',
  },
  added: { type: 'reasoning', id: 'rs_up', summary: [] },
  events: [
    { type: 'response.reasoning_summary_part.added', summary_index: 0, part: { type: 'summary_text', text: '' } },
    { type: 'response.reasoning_summary_text.delta', summary_index: 0, delta: 'First.' },
    { type: 'response.reasoning_summary_text.done', summary_index: 0, text: 'First.' },
    { type: 'response.reasoning_summary_text.delta', summary_index: 1, delta: 'Second.' },
  ],
};
const ownCall = {
  item: { type: 'function_call', id: 'fc_up', call_id: 'call_own', name: 'terminal', arguments: '{"command":"ls"}' },
};
const ownOutput = {
  item: {
    type: 'function_call_output',
    id: 'fco_up',
    call_id: 'call_own',
    output: [{ type: 'input_text', text: 'a.txt' }],
    status: 'completed',
  },
};
const whole = [reasoning, search, unknown, ownCall, ownOutput, toMessage('It is a.txt', { phase: 'final_answer' })];

suite('items of an agent that speaks the Responses API', () => {
  test('pass, are stored as they came, and go back with the next turn', async () => {
    await using agent = await startResponsesUpstream([
      { events: toEvents(whole) },
      { events: toEvents([toMessage('Again.')]) },
    ]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' });
    const tools = [
      { type: 'web_search' as const },
      { type: 'mcp' as const, server_label: 's', server_url: 'http://m' },
    ];
    const first = await server.openai.responses.create({ model: 'm', input: 'ls', tools, tool_choice: 'required' });
    assert.deepEqual(
      first.output.map(({ type }) => type as string),
      ['reasoning', 'web_search_call', 'quantum_call', 'function_call', 'function_call_output', 'message'],
    );
    assert.deepEqual(first.output[1], search.item);
    assert.deepEqual(first.output[2], unknown.item);
    assert.deepEqual(JSON.parse(JSON.stringify(first.output[0])), {
      type: 'reasoning',
      id: first.output[0]?.id,
      status: 'completed',
      summary: reasoning.item.summary,
    });
    assert.equal((first.output[5] as { phase?: string }).phase, 'final_answer');
    assert.deepEqual(first.usage?.input_tokens_details.cached_tokens, 3);
    const stored = await server.openai.responses.retrieve(first.id);
    assert.deepEqual(stored.output, first.output);
    assert.ok(!JSON.stringify(stored).includes('gAAAA'));

    const sent = agent.bodies[0];
    assert.deepEqual(sent.tools, tools);
    assert.equal(sent.tool_choice, 'required');
    assert.equal(sent.store, false);
    assert.deepEqual(sent.include, ['reasoning.encrypted_content']);
    assert.deepEqual(sent.input, [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'ls' }] }]);

    await server.openai.responses.create({ model: 'm', input: 'again', previous_response_id: first.id });
    const [, thoughts, searched, quantum, call, output, answer, next] = agent.bodies[1].input;
    assert.deepEqual(thoughts, {
      type: 'reasoning',
      summary: reasoning.item.summary,
      encrypted_content: 'gAAAA-secret',
    });
    assert.deepEqual(searched, search.item);
    assert.deepEqual(quantum, unknown.item);
    const { id: _call, ...calledWith } = ownCall.item;
    assert.deepEqual(call, calledWith);
    assert.deepEqual(output, {
      type: 'function_call_output',
      call_id: 'call_own',
      output: [{ type: 'input_text', text: 'a.txt' }],
    });
    assert.equal(answer.phase, 'final_answer');
    assert.deepEqual(answer.content, [{ type: 'output_text', text: 'It is a.txt', annotations: [] }]);
    assert.equal(next.content[0].text, 'again');
  });

  test('stream with their own events, renumbered, and replay the same', async () => {
    await using agent = await startResponsesUpstream([{ events: toEvents(whole), done: true, plain: true }]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' });
    const stream = await server.openai.responses.create({ model: 'm', input: 'ls', stream: true });
    const events: { type: string; sequence_number: number; output_index?: number; item_id?: string }[] = [];
    for await (const event of stream) events.push(event as never);
    assert.deepEqual(
      events.map((event) => event.sequence_number),
      events.map((_, index) => index),
    );
    const ofSearch = events.filter(({ item_id: id }) => id === 'ws_1');
    assert.deepEqual(
      ofSearch.map(({ type, output_index: index }) => [type, index]),
      search.events.map(({ type }) => [type, 1]),
    );
    const entangled = events.find(({ type }) => type === 'response.quantum_call.entangled');
    assert.deepEqual({ ...entangled, sequence_number: 0 }, {
      ...unknown.events[0],
      item_id: 'qc_1',
      output_index: 2,
      sequence_number: 0,
    } as never);
    const summaries = events.filter(({ type }) => type === 'response.reasoning_summary_part.done');
    assert.equal(summaries.length, 2);
    assert.equal(events.at(-1)?.type, 'response.completed');
    const id = (events[0] as never as { response: { id: string } }).response.id;
    const again = await server.openai.responses.retrieve(id, { stream: true });
    const replayed: unknown[] = [];
    for await (const event of again) replayed.push(event);
    assert.deepEqual(replayed, events);
  });

  test('send encrypted reasoning to a client that asks for it, which can send it back', async () => {
    await using agent = await startResponsesUpstream([{ events: toEvents([reasoning, toMessage('Hi.')]) }]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' });
    const include = ['reasoning.encrypted_content' as const];
    const first = await server.openai.responses.create({ model: 'm', input: 'a', store: false, include });
    assert.equal((first.output[0] as { encrypted_content?: string }).encrypted_content, 'gAAAA-secret');
    const input = [{ role: 'user' as const, content: 'a' }, ...first.output, { role: 'user' as const, content: 'b' }];
    await server.openai.responses.create({ model: 'm', input: input as never, store: false, include });
    const [, thoughts] = agent.bodies[1].input;
    assert.equal(thoughts.encrypted_content, 'gAAAA-secret');
    assert.equal(thoughts.id, undefined);
  });

  test('are not shown as calls to a chat client', async () => {
    await using agent = await startResponsesUpstream([{ events: toEvents(whole) }]);
    await using server = await startTalaria({ AGENT_URL: agent.url, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' });
    const completion = await server.openai.chat.completions.create({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'ls' },
      ],
    });
    assert.equal(completion.choices[0]?.message.content, 'It is a.txt');
    assert.equal(completion.choices[0]?.message.tool_calls, undefined);
    assert.equal(completion.choices[0]?.finish_reason, 'stop');
    assert.equal(completion.usage?.prompt_tokens, 11);
    assert.equal(agent.bodies[0].instructions, 'Be brief.');
  });
});
