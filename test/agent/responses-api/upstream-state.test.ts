import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startResponsesUpstream, toEvents, toMessage } from '../../helpers/responses-upstream.ts';
import { startTalaria } from '../../helpers/talaria.ts';

const stateful = { AGENT_API: 'responses', AGENT_UPSTREAM_STATE: 'true', VALIDATE_OUTPUT: '1' };
const named = (id: string, text: string) => ({ events: toEvents([toMessage(text)], { response: { id } }) });

suite('an agent that keeps its own responses', () => {
  test('receives only the new items, and everything when it has forgotten the response', async () => {
    const forgotten = { status: 404, error: { code: 'previous_response_not_found', message: 'No such response.' } };
    await using agent = await startResponsesUpstream([
      named('up_1', 'One.'),
      named('up_2', 'Two.'),
      forgotten,
      named('up_3', 'Three.'),
      named('up_4', 'Two, again.'),
    ]);
    await using server = await startTalaria({ ...stateful, AGENT_URL: agent.url });
    const { responses } = server.openai;
    const first = await responses.create({ model: 'm', input: 'one' });
    const second = await responses.create({ model: 'm', input: 'two', previous_response_id: first.id });
    const third = await responses.create({ model: 'm', input: 'three', previous_response_id: second.id });
    await responses.create({ model: 'm', input: 'fork', previous_response_id: first.id });
    const texts = agent.bodies.map(({ input }) =>
      input.map(({ content }: { content: { text: string }[] }) => content[0]?.text).join(' '),
    );
    assert.deepEqual(texts, ['one', 'two', 'three', 'one One. two Two. three', 'fork']);
    assert.deepEqual(
      agent.bodies.map((body) => body.previous_response_id),
      [undefined, 'up_1', 'up_2', undefined, 'up_1'],
    );
    assert.ok(agent.bodies.every(({ store }) => store === true));
    assert.equal(third.status, 'completed');
    assert.ok(!JSON.stringify(await responses.retrieve(third.id)).includes('up_3'));
  });

  for (const status of [404, 410]) {
    test(`receives everything after a ${status} that does not say what is missing`, async () => {
      const missing = { status, error: { message: 'Unknown response.' } };
      await using agent = await startResponsesUpstream([named('up_1', 'One.'), missing, named('up_2', 'Two.')]);
      await using server = await startTalaria({ ...stateful, AGENT_URL: agent.url });
      const { responses } = server.openai;
      const first = await responses.create({ model: 'm', input: 'one' });
      const second = await responses.create({ model: 'm', input: 'two', previous_response_id: first.id });
      assert.equal(second.output_text, 'Two.');
      assert.deepEqual(
        agent.bodies.map(({ input, previous_response_id: previous }) => [input.length, previous]),
        [
          [1, undefined],
          [1, 'up_1'],
          [3, undefined],
        ],
      );
    });
  }

  test('does not store what the client asks not to store', async () => {
    await using agent = await startResponsesUpstream([named('up_1', 'One.')]);
    await using server = await startTalaria({ ...stateful, AGENT_URL: agent.url });
    await server.openai.responses.create({ model: 'm', input: 'one', store: false });
    assert.equal(agent.bodies[0].store, false);
  });

  test('may repeat the items of earlier turns, which are not stored twice', async () => {
    const call = { type: 'function_call', call_id: 'c1', name: 'terminal', arguments: '{"command":"ls"}' };
    const result = { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'a.txt' }] };
    const message = (text: string) => ({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text }],
    });
    const other = { ...call, call_id: 'c2', arguments: '{"command":"pwd"}' };
    const documents = [
      [call, result, message('One.')],
      [call, result, other, { ...result, call_id: 'c2' }, message('Two.')],
    ].map((output, index) => ({ json: { id: `up_${index}`, status: 'completed', output } }));
    await using agent = await startResponsesUpstream(documents);
    await using server = await startTalaria({ ...stateful, AGENT_URL: agent.url });
    const first = await server.openai.responses.create({ model: 'm', input: 'ls' });
    const second = await server.openai.responses.create({ model: 'm', input: 'pwd', previous_response_id: first.id });
    assert.deepEqual(
      second.output.map((item) => ('call_id' in item ? item.call_id : item.type)),
      ['c2', 'c2', 'message'],
    );
  });
});
