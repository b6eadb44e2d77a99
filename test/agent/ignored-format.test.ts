import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { startHermes } from '../helpers/hermes.ts';
import { startResponsesUpstream, toEvents, toMessage } from '../helpers/responses-upstream.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream, type UpstreamRequest } from '../helpers/upstream.ts';

const schema = {
  type: 'object',
  properties: { joke: { type: 'string' } },
  required: ['joke'],
  additionalProperties: false,
};
const text = { format: { type: 'json_schema' as const, name: 'x', schema } };

/** Answers as an agent does that knows a format only from the words of its messages. */
function answerByWords({ body }: UpstreamRequest, response: ServerResponse): boolean {
  const knowsSchema = JSON.stringify(body.messages).includes('\\"joke\\"');
  const content = knowsSchema ? '```json\n{"joke":"x"}\n```' : 'Here is a joke.';
  const chunks = [...content].map((character) => ({ choices: [{ index: 0, delta: { content: character } }] }));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  return true;
}

suite('an agent that ignores response_format', () => {
  test('learns the schema from the request to repair its answer', async () => {
    await using upstream = await startUpstream({ answer: answerByWords });
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    const response = await server.openai.responses.create({ model: 'm', input: 'A joke.', text });
    assert.equal(response.output_text, '{"joke":"x"}');
    assert.equal(upstream.requests.length, 2);
  });

  test('learns it from the first message if it is set so, for streams too', async () => {
    await using upstream = await startUpstream({ answer: answerByWords });
    await using server = await startTalaria({ AGENT_URL: upstream.url, AGENT_STRUCTURED_OUTPUTS: 'prompt' });
    const stream = server.openai.responses.stream({ model: 'm', input: 'A joke.', text });
    assert.equal((await stream.finalResponse()).output_text, '{"joke":"x"}');
    assert.equal(upstream.requests.length, 1);
    assert.equal(upstream.requests[0]?.body.response_format, undefined);
  });

  for (const [setting, sent] of [
    ['prompt', undefined],
    ['json_object', { format: { type: 'json_object' } }],
  ] as const) {
    test(`learns it from the instructions if its API is Responses, set to ${setting}`, async () => {
      await using agent = await startResponsesUpstream([{ events: toEvents([toMessage('{"joke":"x"}')]) }]);
      const settings = { AGENT_API: 'responses', AGENT_STRUCTURED_OUTPUTS: setting };
      await using server = await startTalaria({ AGENT_URL: agent.url, ...settings });
      const { output_text: answer } = await server.openai.responses.create({
        model: 'm',
        instructions: 'Be funny.',
        input: 'A joke.',
        text,
      });
      assert.equal(answer, '{"joke":"x"}');
      assert.deepEqual(agent.bodies[0].text, sent);
      assert.match(agent.bodies[0].instructions, /^Be funny\.\n\n.*"joke"/s);
    });
  }

  test('learns it from the instructions if it is Hermes, without any setting', async () => {
    await using hermes = await startHermes();
    await using server = await startTalaria({ AGENT_URL: hermes.url, AGENT_API: 'hermes' });
    const { output_text: answer } = await server.openai.responses.create({
      model: 'm',
      input: 'say {"joke":"x"}',
      text,
    });
    assert.equal(answer, '{"joke":"x"}');
    assert.match(String(hermes.runs[0]?.instructions), /"joke"/);
    await server.openai.responses.create({ model: 'm', input: 'say free text' });
    assert.equal(hermes.runs[1]?.instructions, undefined);
  });
});
