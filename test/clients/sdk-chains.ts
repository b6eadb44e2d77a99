import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotFoundError } from 'openai';
import type { Response, ResponseFunctionToolCall, ResponseInputItem } from 'openai/resources/responses/responses';
import type { Setup } from './agents-under-test.ts';

const model = 'any-name';
const weatherTool = {
  type: 'function' as const,
  name: 'get_weather',
  strict: false,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** Chained turns through the official SDK. */
export function chainSuite(setup: Setup): void {
  describe('chains of responses', () => {
    chainTests(setup);
    toolTests(setup);
  });
}

function chainTests(setup: Setup): void {
  it('keeps the history of a chain of three turns', async () => {
    const { openai, words } = setup;
    const first = await openai.responses.create({ model, input: 'one' });
    const second = await openai.responses.create({ model, input: 'two', previous_response_id: first.id });
    const third = await openai.responses
      .stream({ model, input: 'three', previous_response_id: second.id })
      .finalResponse();
    assert.ok(first.output_text.includes(words.provesTurn(1)), first.output_text);
    assert.ok(second.output_text.includes(words.provesTurn(2)), second.output_text);
    assert.ok(third.output_text.includes(words.provesTurn(3)), third.output_text);
    assert.equal(third.previous_response_id, second.id);
  });

  it('forks one response into two independent branches', async () => {
    const { openai, words } = setup;
    const root = await openai.responses.create({ model, input: 'one' });
    const fork = () => openai.responses.create({ model, input: 'two', previous_response_id: root.id });
    const forks = await Promise.all([fork(), fork()]);
    for (const response of forks) assert.ok(response.output_text.includes(words.provesTurn(2)), response.output_text);
  });

  it('retrieves a stored response as it was sent', async () => {
    const { openai, words } = setup;
    const response = await openai.responses.create({
      model,
      input: words.think('First I think.', 'Then I speak.'),
      metadata: { topic: 'test' },
      temperature: 0.5,
      tools: [weatherTool],
    });
    assert.deepEqual({ ...(await openai.responses.retrieve(response.id)) }, { ...response });
  });

  it('deletes a response without breaking the one that continues it', async () => {
    const { openai, words } = setup;
    const parent = await openai.responses.create({ model, input: 'one' });
    const child = await openai.responses.create({ model, input: 'two', previous_response_id: parent.id });
    await openai.responses.delete(parent.id);
    await assert.rejects(openai.responses.retrieve(parent.id), isNotFound('response_not_found', 'response_id'));
    await assert.rejects(openai.responses.delete(parent.id), isNotFound('response_not_found', 'response_id'));
    await assert.rejects(
      openai.responses.create({ model, input: 'two', previous_response_id: parent.id }),
      isNotFound('previous_response_not_found', 'previous_response_id'),
    );
    const third = await openai.responses.create({ model, input: 'three', previous_response_id: child.id });
    assert.ok(third.output_text.includes(words.provesTurn(3)), third.output_text);
  });
}

function toolTests(setup: Setup): void {
  for (const stream of [false, true]) {
    it(`carries a tool call over to the next turn, ${stream ? 'streamed' : 'plain'}`, async () => {
      const { openai, words } = setup;
      const input = words.call({ name: 'get_weather', arguments: { city: 'Paris' } });
      const ask = (body: { input: string | ResponseInputItem[]; previous_response_id?: string }) =>
        stream
          ? openai.responses.stream({ model, tools: [weatherTool], ...body }).finalResponse()
          : openai.responses.create({ model, tools: [weatherTool], ...body });
      const first = await ask({ input });
      const call = findCall(first);
      assert.equal(call.name, 'get_weather');
      assert.deepEqual(JSON.parse(call.arguments), { city: 'Paris' });
      const output = { type: 'function_call_output' as const, call_id: call.call_id, output: '18 degrees' };
      const second = await ask({ input: [output], previous_response_id: first.id });
      assert.ok(second.output_text.includes(words.provesResult('18 degrees')), second.output_text);
    });
  }

  it('works the same without a stored chain, when the client sends everything back', async () => {
    const { openai, words } = setup;
    const input: ResponseInputItem[] = [
      { role: 'user', content: words.call({ name: 'get_weather', arguments: { city: 'Paris' } }) },
    ];
    const first = await openai.responses.create({ model, input, tools: [weatherTool], store: false });
    const call = findCall(first);
    const second = await openai.responses.create({
      model,
      input: [...input, call, { type: 'function_call_output', call_id: call.call_id, output: '18 degrees' }],
      tools: [weatherTool],
      store: false,
    });
    assert.ok(second.output_text.includes(words.provesResult('18 degrees')), second.output_text);
  });
}

function findCall(response: Response): ResponseFunctionToolCall {
  const call = response.output.find((item) => item.type === 'function_call');
  assert.ok(call, `no call in ${JSON.stringify(response.output)}`);
  return call;
}

function isNotFound(code: string, param: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NotFoundError);
    assert.deepEqual({ code: error.code, param: error.param }, { code, param });
    return true;
  };
}
