import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseFormatTextConfig } from 'openai/resources/responses/responses';
import { stores } from '../clients/agents-under-test.ts';
import type { UpstreamRequest } from '../helpers/upstream.ts';
import { isApiError } from './is-api-error.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const schema = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] };
const format = { type: 'json_schema' as const, name: 'person', strict: true, schema };

/** Asked to correct its answer, the upstream follows the script of the message before it. */
function answer({ body }: UpstreamRequest): boolean {
  const last = body?.messages?.at(-1);
  if (!`${last?.content}`.startsWith('Your answer does not have the required format')) return false;
  const mended = /^mended (.*)$/m.exec(body.messages.at(-3).content)?.[1];
  if (mended !== undefined) last.content = `say ${mended}`;
  return false;
}

for (const store of stores) {
  describe(`an answer in a format, with the ${store} store`, () => {
    const setup = useUpstream(store, { answer });
    const create = (input: string, wanted: ResponseFormatTextConfig = format) =>
      setup.openai.responses.create({ model, input, text: { format: wanted } });
    const stream = (input: string) => setup.openai.responses.stream({ model, input, text: { format } }).finalResponse();

    it("is requested in the upstream's format", async () => {
      await create('say {"age":7}');
      assert.deepEqual(setup.sent.response_format, {
        type: 'json_schema',
        json_schema: { name: 'person', strict: true, schema },
      });
      await create('say {"age":7}', { type: 'json_object' });
      assert.deepEqual(setup.sent.response_format, { type: 'json_object' });
      await create('say Hello.', { type: 'text' });
      assert.equal(setup.sent.response_format, undefined);
    });

    it('is passed through when it is valid, non-streamed and streamed', async () => {
      const before = setup.upstream.requests.length;
      assert.equal((await create('say {"age": 7}')).output_text, '{"age": 7}');
      assert.equal((await stream('say {"age": 7}')).status, 'completed');
      assert.equal(setup.upstream.requests.length, before + 2);
    });

    it('is retried once with the validation error when it is invalid; both attempts are counted', async () => {
      const before = setup.upstream.requests.length;
      const response = await create('say {"age":"seven"}\nmended {"age":7}');
      assert.equal(response.output_text, '{"age":7}');
      const rounds = setup.upstream.requests.slice(before);
      assert.equal(rounds.length, 2);
      assert.equal(rounds[1]?.body.messages.at(-2).content, '{"age":"seven"}mended {"age":7}');
      // The upstream counts its deltas: three words, then one.
      assert.equal(response.usage?.output_tokens, 4);
      assert.deepEqual(
        response.output.map((item) => item.type),
        ['message'],
      );
    });

    it('fails with the reason when the second attempt is invalid too', async () => {
      await assert.rejects(create('say seven'), (error) => {
        assert.ok(isApiError(502, 'upstream_error')(error));
        return error instanceof Error && /not have the requested format: it is not valid JSON/.test(error.message);
      });
    });

    it('fails without a retry when it was streamed: sent output cannot be revoked', async () => {
      const before = setup.upstream.requests.length;
      const response = await stream('say {"age":"seven"}');
      assert.equal(response.status, 'failed');
      assert.match(response.error?.message ?? '', /\/age must be integer/);
      assert.equal(setup.upstream.requests.length, before + 1);
      assert.equal((await setup.openai.responses.retrieve(response.id)).status, 'failed');
    });

    for (const [name, input] of [
      ['a call', 'tool look {}'],
      ['a refusal', 'refuse I will not.'],
      ['cut short', 'say {"age":\nfinish length'],
    ] as const) {
      it(`is not checked when it is ${name}`, async () => {
        const before = setup.upstream.requests.length;
        assert.notEqual((await create(input)).status, 'failed');
        assert.notEqual((await stream(input)).status, 'failed');
        assert.equal(setup.upstream.requests.length, before + 2);
      });
    }

    it('is refused before the agent runs when its schema is invalid', async () => {
      const before = setup.upstream.requests.length;
      const wrong = { ...format, schema: { type: 'no-such-type' } };
      await assert.rejects(create('say {}', wrong), isApiError(400, 'invalid_value', 'text.format.schema'));
      assert.equal(setup.upstream.requests.length, before);
    });

    it('may name its JSON Schema draft, as the AI SDK does', async () => {
      const draft = { ...schema, $schema: 'http://json-schema.org/draft-07/schema#', additionalProperties: false };
      assert.equal((await create('say {"age":7}', { ...format, schema: draft })).status, 'completed');
    });
  });
}
