import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
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
});
