import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import type { AgentRequest } from '../../src/agent/agent-client.ts';
import { defaultUpstreamSettings } from '../../src/config/upstream-settings.ts';
import type { UpstreamRequest } from '../helpers/upstream.ts';
import { never, readAll, startAgent, toRequest, toText } from './upstream/upstream-harness.ts';

type Refuse = (body: UpstreamRequest['body']) => object | undefined;

/** Starts an agent behind an upstream that answers 400 to the bodies for which `refuse` returns an error. */
async function startStrict(refuse: Refuse, options: Parameters<typeof startAgent>[1] = {}) {
  const warnings: object[] = [];
  const answer = ({ body }: UpstreamRequest, response: ServerResponse): boolean => {
    const error = body?.messages && refuse(body);
    if (error) response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    return Boolean(error);
  };
  const log = { warn: (details: object, message: string) => warnings.push({ ...details, message }) };
  const harness = await startAgent({ answer }, { log, ...options });
  return {
    bodies: () => harness.upstream.requests.map(({ body }) => body),
    warnings,
    ask: async (fields: Partial<AgentRequest> = {}) =>
      toText(await readAll(await harness.agent.run(toRequest('hi', fields), { signal: never }))),
    [Symbol.asyncDispose]: () => harness[Symbol.asyncDispose](),
  };
}

const refuseField =
  (...fields: string[]): Refuse =>
  (body) => {
    const field = fields.find((name) => body[name] !== undefined);
    return field === undefined
      ? undefined
      : { message: `Unsupported parameter: '${field}' is not supported with this model.`, param: field };
  };

const message = 'adapted requests to a refusal of the upstream';

suite('an upstream that refuses a field', () => {
  test('is asked again at once without it, and from then on', async () => {
    await using strict = await startStrict(refuseField('stream_options'));
    assert.match(await strict.ask(), /^You said: hi/);
    assert.match(await strict.ask(), /^You said: hi/);
    assert.deepEqual(
      strict.bodies().map((body) => 'stream_options' in body),
      [true, false, false],
    );
    assert.deepEqual(strict.warnings, [{ agent: 'default', field: 'stream_options', message }]);
  });

  test('is asked under the other name, for this model alone', async () => {
    await using strict = await startStrict((body) =>
      body.model === 'new' ? refuseField('max_tokens')(body) : undefined,
    );
    for (const model of ['new', 'new', 'old']) await strict.ask({ model, settings: { maxOutputTokens: 5 } });
    assert.deepEqual(
      strict.bodies().map((body) => [body.model, body.max_tokens, body.max_completion_tokens]),
      [
        ['new', 5, undefined],
        ['new', undefined, 5],
        ['new', undefined, 5],
        ['old', 5, undefined],
      ],
    );
    assert.deepEqual(strict.warnings, [
      { agent: 'default', field: 'max_tokens', name: 'max_completion_tokens', model: 'new', message },
    ]);
  });

  test('may refuse several, one after the other', async () => {
    await using strict = await startStrict(refuseField('stream_options', 'user', 'verbosity'));
    await strict.ask({ settings: { user: 'u', verbosity: 'low', temperature: 0.5 } });
    assert.equal(strict.bodies().length, 4);
    const { user, verbosity, temperature } = strict.bodies().at(-1);
    assert.deepEqual({ user, verbosity, temperature }, { user: undefined, verbosity: undefined, temperature: 0.5 });
  });

  test('is asked a bounded number of times', async () => {
    const refuse = refuseField('stream_options', 'user', 'verbosity');
    await using strict = await startStrict(refuse, { limits: { upstreamAdaptations: 2 } });
    await assert.rejects(strict.ask({ settings: { user: 'u', verbosity: 'low' } }), /verbosity/);
    assert.equal(strict.bodies().length, 3);
  });

  test('is not asked again and again if it refuses both names', async () => {
    await using strict = await startStrict(refuseField('max_tokens', 'max_completion_tokens'));
    await assert.rejects(strict.ask({ settings: { maxOutputTokens: 5 } }), /max_completion_tokens/);
    assert.equal(strict.bodies().length, 2);
  });

  test('is asked once if a setting fixes the field', async () => {
    const settings = { ...defaultUpstreamSettings, maxTokensField: 'max_tokens' as const };
    await using strict = await startStrict(refuseField('max_tokens'), { settings });
    await assert.rejects(strict.ask({ settings: { maxOutputTokens: 5 } }), /max_tokens/);
    assert.equal(strict.bodies().length, 1);
  });

  test('refuses the request if the client asked for the field', async () => {
    await using strict = await startStrict(refuseField('seed'));
    await assert.rejects(strict.ask({ settings: { seed: 1 } }), { status: 400, param: 'seed' });
    assert.equal(strict.bodies().length, 1);
  });

  test('is asked at once by concurrent runs too, with one warning', async () => {
    await using strict = await startStrict(refuseField('stream_options'));
    await Promise.all([strict.ask(), strict.ask(), strict.ask()]);
    assert.equal(strict.warnings.length, 1);
  });
});

suite('the settings of an agent', () => {
  const run = async (settings: Partial<typeof defaultUpstreamSettings>, fields: Partial<AgentRequest> = {}) => {
    await using harness = await startStrict(() => undefined, { settings: { ...defaultUpstreamSettings, ...settings } });
    await harness.ask(fields);
    return harness.bodies()[0];
  };

  test('pass well-known fields of model servers on, and no others', async () => {
    const extraFields = { top_k: 20, chat_template_kwargs: { enable_thinking: false }, models: ['x'], secret: 1 };
    const body = await run({}, { extraFields });
    assert.deepEqual([body.top_k, body.chat_template_kwargs], [20, { enable_thinking: false }]);
    assert.deepEqual(['models' in body, 'secret' in body], [false, false]);
  });

  test('pass the named fields on, or all, but never in place of another', async () => {
    const extraFields = { top_k: 20, mine: 1, stream: false, messages: [] };
    const named = await run({ passFields: ['mine', 'absent'] }, { extraFields });
    assert.deepEqual([named.mine, named.top_k, 'absent' in named], [1, undefined, false]);
    const all = await run({ passFields: ['*'] }, { extraFields });
    assert.deepEqual([all.mine, all.top_k, all.stream, all.messages.length], [1, 20, true, 1]);
  });

  test('omit fields, and add their own after everything else', async () => {
    const body = await run(
      { omitFields: ['user', 'stream_options'], extraBody: { top_k: 5, temperature: 1 } },
      { settings: { user: 'u', temperature: 0 }, extraFields: { top_k: 20 } },
    );
    assert.deepEqual([body.top_k, body.temperature, 'user' in body, 'stream_options' in body], [5, 1, false, false]);
  });

  test('name the field of the limit, of the thoughts and the role of the instructions', async () => {
    const body = await run(
      { maxTokensField: 'max_completion_tokens', reasoningField: 'reasoning', systemRole: 'developer' },
      {
        instructions: 'Be brief.',
        settings: { maxOutputTokens: 5 },
        messages: [
          { role: 'assistant', content: [{ type: 'text', text: 'a' }], toolCalls: [], reasoning: 'hm' },
          { role: 'user', content: [{ type: 'text', text: 'hi' }] },
        ],
      },
    );
    assert.equal(body.max_completion_tokens, 5);
    assert.deepEqual(body.messages[0], { role: 'developer', content: 'Be brief.' });
    assert.equal(body.messages[1].reasoning, 'hm');
  });

  const format = { type: 'json_schema' as const, name: 'x', schema: { type: 'object', required: ['joke'] } };
  for (const [structuredOutputs, sent] of [
    ['native', 'json_schema'],
    ['json_object', 'json_object'],
    ['prompt', undefined],
  ] as const) {
    test(`ask for a format as ${structuredOutputs}`, async () => {
      const body = await run({ structuredOutputs }, { format, instructions: 'Be brief.' });
      assert.equal(body.response_format?.type, sent);
      const hasSchema = JSON.stringify(body.messages[0]).includes('joke');
      assert.equal(hasSchema, structuredOutputs !== 'native', 'the schema is in the first message');
      assert.match(body.messages[0].content, /^Be brief\./);
    });
  }
});

suite('text sent to an upstream', () => {
  test('is well-formed: half a surrogate pair becomes U+FFFD', async () => {
    await using strict = await startStrict(() => undefined);
    const content = [{ type: 'text' as const, text: 'a \ud83d b \\ud83d c \ud83d\ude00' }];
    await strict.ask({ messages: [{ role: 'user', content }] });
    assert.equal(strict.bodies()[0].messages[0].content, 'a \ufffd b \\ud83d c \ud83d\ude00');
  });
});
