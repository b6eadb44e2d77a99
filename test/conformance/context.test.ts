import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import { useUpstream } from '../responses/use-upstream.ts';

const model = 'any-name';

/** The fields that every response has, and whether the specification lets them be null. */
const fields: Record<string, boolean> = {
  id: false,
  object: false,
  created_at: false,
  completed_at: true,
  status: false,
  incomplete_details: true,
  model: false,
  previous_response_id: true,
  instructions: true,
  output: false,
  error: true,
  tools: false,
  tool_choice: false,
  truncation: false,
  parallel_tool_calls: false,
  text: false,
  top_p: false,
  presence_penalty: false,
  frequency_penalty: false,
  top_logprobs: false,
  temperature: false,
  reasoning: true,
  usage: true,
  max_output_tokens: true,
  max_tool_calls: true,
  store: false,
  background: false,
  service_tier: false,
  metadata: false,
  safety_identifier: true,
  prompt_cache_key: true,
};

describe('Open Responses: what the agent is given and the client gets back', () => {
  const setup = useUpstream('memory');
  const create = (body: Partial<ResponseCreateParamsNonStreaming>) =>
    setup.openai.responses.create({ model, input: 'Hello', ...body });

  it('is a history of inputs and outputs in their order, then the new input (N39, N40)', async () => {
    const first = await create({
      input: [
        { role: 'user', content: 'one' },
        { role: 'user', content: 'say first' },
      ],
    });
    const second = await create({ input: 'say second', previous_response_id: first.id });
    await create({ input: 'three', previous_response_id: second.id });
    assert.deepEqual(
      setup.sent.messages.map(({ role, content }: { role: string; content: string }) => [role, content]),
      [
        ['user', 'one'],
        ['user', 'say first'],
        ['assistant', 'first'],
        ['user', 'say second'],
        ['assistant', 'second'],
        ['user', 'three'],
      ],
    );
  });

  it('is text and pictures, by address or in base64, in the order in which the user gave them (L9)', async () => {
    const data = 'data:image/png;base64,iVBORw0KGgo=';
    await create({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Compare' },
            { type: 'input_image', image_url: 'https://example.org/a.png', detail: 'low' },
            { type: 'input_image', image_url: data, detail: 'auto' },
          ],
        },
      ],
    });
    const [{ content }] = setup.sent.messages;
    assert.deepEqual(
      content.map((part: { type: string; image_url?: { url: string } }) => part.image_url?.url ?? part.type),
      ['text', 'https://example.org/a.png', data],
    );
  });

  it('is every field that the specification has, with a value where it may not be null (N29, L13)', async () => {
    const nulls = { temperature: null, top_p: null, metadata: null, truncation: null };
    const responses: object[] = [
      await create({}),
      await create(nulls),
      await create({ input: 'say one\nfinish length' }),
    ];
    const stream = await setup.openai.responses.create({ model, input: 'break after 1', stream: true });
    for await (const event of stream) if ('response' in event) responses.push(event.response);
    assert.equal(responses.length, 6);
    for (const response of responses) {
      const values: Record<string, unknown> = { ...response };
      for (const [name, isNullable] of Object.entries(fields)) {
        assert.ok(name in values, `${name} is missing`);
        assert.ok(isNullable || (values[name] !== null && values[name] !== undefined), `${name} is null`);
      }
    }
  });

  it('is reasoning as text, as a summary or sealed, and empty where it is not (N35, N36, N37, L18)', async () => {
    const input = 'reason Hm.\nsay Yes.';
    const reasoningOf = async (body: Partial<ResponseCreateParamsNonStreaming>) => {
      const [item] = (await create({ input, ...body })).output;
      assert.ok(item?.type === 'reasoning');
      return item;
    };
    const text = await reasoningOf({});
    assert.deepEqual([text.content, text.summary], [[{ type: 'reasoning_text', text: 'Hm.' }], []]);
    const summary = await reasoningOf({ reasoning: { summary: 'auto' } });
    assert.deepEqual([summary.content, summary.summary], [undefined, [{ type: 'summary_text', text: 'Hm.' }]]);
    const sealed = await reasoningOf({ include: ['reasoning.encrypted_content'] });
    assert.ok(sealed.encrypted_content);
    assert.equal(text.encrypted_content, undefined);
  });
});
