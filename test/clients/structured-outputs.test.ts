import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';

const model = 'any-name';
const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', enum: ['Paris', 'Rome'] },
    degrees: { type: 'integer', minimum: 10, maximum: 20 },
    tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
  },
  required: ['city', 'degrees', 'tags'],
  additionalProperties: false,
};

interface Weather {
  city: string;
  degrees: number;
  tags: string[];
}

describe('structured outputs of the openai package', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  it('parses a chat completion into what the schema asks for', async () => {
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'weather', strict: true, schema } };
    const messages = [{ role: 'user' as const, content: 'How is it outside?' }];
    const completion = await server.openai.chat.completions.parse({ model, messages, response_format });
    assertWeather(completion.choices[0]?.message.parsed);
  });

  it('parses a streamed chat completion too', async () => {
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'weather', strict: true, schema } };
    const messages = [{ role: 'user' as const, content: 'How is it outside?' }];
    const stream = server.openai.chat.completions.stream({ model, messages, response_format });
    const completion = await stream.finalChatCompletion();
    assertWeather(completion.choices[0]?.message.parsed);
  });

  it('parses a response into what the schema asks for, and reports the format as used', async () => {
    const format = { type: 'json_schema' as const, name: 'weather', strict: true, schema };
    const response = await server.openai.responses.parse({ model, input: 'How is it outside?', text: { format } });
    assertWeather(response.output_parsed);
    assert.deepEqual(response.text?.format, { ...format, description: null });
  });

  it('parses a streamed response too', async () => {
    const format = { type: 'json_schema' as const, name: 'weather', strict: true, schema };
    const stream = server.openai.responses.stream({ model, input: 'How is it outside?', text: { format } });
    assertWeather((await stream.finalResponse()).output_parsed);
  });

  it('returns a JSON object for json_object', async () => {
    const response = await server.openai.responses.create({
      model,
      input: 'Say it in JSON.',
      text: { format: { type: 'json_object' } },
    });
    assert.equal(typeof JSON.parse(response.output_text), 'object');
  });
});

function assertWeather(value: unknown): void {
  assert.ok(isWeather(value), `not what the schema says: ${JSON.stringify(value)}`);
  assert.ok(['Paris', 'Rome'].includes(value.city));
  assert.ok(Number.isInteger(value.degrees) && value.degrees >= 10 && value.degrees <= 20);
  assert.ok(value.tags.length >= 2);
}

function isWeather(value: unknown): value is Weather {
  if (typeof value !== 'object' || value === null) return false;
  return 'city' in value && 'degrees' in value && 'tags' in value && Object.keys(value).length === 3;
}
