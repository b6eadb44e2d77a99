import assert from 'node:assert/strict';
import type { Scenario } from './context.ts';

const schema = {
  type: 'object',
  properties: { greeting: { type: 'string', enum: ['hello', 'good-morning-to-you'] } },
  required: ['greeting'],
  additionalProperties: false,
};

/** The answer has the schema, and the schema reaches the model. */
export const structuredOutput: Scenario = async ({ acme, program, requests }) => {
  const response = await acme.responses.create({
    input: 'say {"greeting":"hello"}',
    text: { format: { type: 'json_schema', name: 'greeting', schema, strict: true } },
    max_output_tokens: 200,
  });
  const value = JSON.parse(response.output_text);
  assert.ok(schema.properties.greeting.enum.includes(value.greeting), response.output_text);
  if (program.model === 'random') return;
  assert.ok(JSON.stringify(requests.at(-1)).includes('good-morning-to-you'), 'the model did not see the schema');
};
