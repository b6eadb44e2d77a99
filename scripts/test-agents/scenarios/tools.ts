import assert from 'node:assert/strict';
import type { FunctionTool } from 'openai/resources/responses/responses';
import { answerTokens, assertAnswered, type Scenario, type ScenarioContext } from './context.ts';

const city = { type: 'string', enum: ['Paris', 'Rome'] };
const tool: FunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'Returns the weather of a city.',
  parameters: { type: 'object', properties: { city }, required: ['city'], additionalProperties: false },
  strict: true,
};

export const tools: Scenario = (context) =>
  context.program.tools === 'own' ? ownTools(context) : clientTools(context);

/** The agent's own tool: its call and result are items of the answer. */
async function ownTools({ acme }: ScenarioContext): Promise<void> {
  const input = 'call terminal {"command":"echo from-the-tool"}\nsay all done';
  const { output, output_text: text } = await acme.responses.create({ input });
  const types = output.map(({ type }) => type).join(', ');
  const call = output.find((item) => item.type === 'function_call');
  assert.equal(call?.name, 'terminal', `items: ${types}`);
  assert.match(call.arguments, /echo from-the-tool/);
  assert.match(JSON.stringify(output.filter(({ type }) => String(type) === 'function_call_output')), /from-the-tool/);
  assert.match(text, /all done/);
}

/** A tool of the client: its call comes back, and its result is taken. */
async function clientTools(context: ScenarioContext): Promise<void> {
  const { acme, program } = context;
  if (program.tools === 'accepted') return acceptsTools(context);
  const first = await acme.responses.create({
    input: 'call get_weather {"city":"Paris"}',
    tools: [tool],
    max_output_tokens: 200,
    ...(program.tools === 'forced' ? { tool_choice: { type: 'function', name: tool.name } } : {}),
  });
  const call = first.output.find((item) => item.type === 'function_call');
  assert.equal(call?.name, tool.name, JSON.stringify(first.output));
  assert.match(call.arguments, /"(Paris|Rome)"/);
  const second = await acme.responses.create({
    input: [{ type: 'function_call_output', call_id: call.call_id, output: 'sunny' }],
    previous_response_id: first.id,
    tools: [tool],
    tool_choice: 'none',
    max_output_tokens: answerTokens,
  });
  assertAnswered(context, second, 'done');
}

/** A random model calls nothing: the request with a tool, a call and its result is answered. */
async function acceptsTools(context: ScenarioContext): Promise<void> {
  const response = await context.acme.responses.create({
    input: [
      { role: 'user', content: 'What is the weather?' },
      { type: 'function_call', call_id: 'call_1', name: tool.name, arguments: '{"city":"Paris"}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
    ],
    tools: [tool],
    max_output_tokens: answerTokens,
  });
  assertAnswered(context, response, '');
}
