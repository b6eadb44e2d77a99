import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { toParam } from '../../src/contract/violation.ts';
import { type Binding, bindings } from '../../src/judge/bind-document.ts';
import { createJudge } from '../../src/judge/create-judge.ts';
import { loadObligations } from '../../src/judge/load-obligations.ts';

const contract = loadContract();
const judges = Object.fromEntries(bindings.map((binding) => [binding, createJudge(contract, binding)]));

function judge(binding: Binding, name: string, value: unknown) {
  const found = judges[binding]?.judge({ $ref: `#/components/schemas/${name}` }, value);
  assert.ok(found);
  return {
    violations: found.violations.map(({ path }) => toParam(path)),
    notes: found.notes.map(({ path }) => toParam(path)),
  };
}

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const message = { role: 'assistant', content: 'Hi.' };
const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, finish_reason: 'stop', logprobs: null, message: { ...message, refusal: null } }],
  usage,
};

test('the obligations name schemas and fields of the contract', () => {
  for (const [source, byName] of Object.entries(loadObligations())) {
    assert.ok(Object.keys(byName).length > 50, source);
    for (const [name, { required, excused, nullable, wider }] of Object.entries(byName)) {
      const properties = contract.document.components.schemas[name]?.properties;
      assert.ok(properties, name);
      for (const field of [...required, ...excused, ...nullable, ...Object.keys(wider)]) {
        assert.ok(field in properties, `${name}.${field}`);
      }
    }
  }
});

describe('under OpenAI', () => {
  test('the details of usage are not required, its totals are', () => {
    assert.deepEqual(judge('openai', 'ChatCompletion', completion), { violations: [], notes: [] });
    const broken = { ...completion, usage: { prompt_tokens: 1 } };
    assert.deepEqual(judge('openai', 'ChatCompletion', broken).violations, [
      'usage.completion_tokens',
      'usage.total_tokens',
    ]);
  });

  test('null in an optional field is a note, in a required one a violation', () => {
    const optional = { ...completion, system_fingerprint: null, usage: null };
    assert.deepEqual(judge('openai', 'ChatCompletion', optional), {
      violations: [],
      notes: ['usage', 'system_fingerprint'],
    });
    assert.deepEqual(judge('openai', 'ChatCompletion', { ...completion, model: null }).violations, ['model']);
  });

  test('a field that a published example omits is a note', () => {
    const choices = [{ ...completion.choices[0], message }];
    assert.deepEqual(judge('openai', 'ChatCompletion', { ...completion, choices }), {
      violations: [],
      notes: ['choices[0].message.refusal'],
    });
  });

  test('a wrong type stays a violation where only its range is wider', () => {
    const { violations } = judge('openai', 'ResponseResource', { created_at: 'now' });
    assert.ok(violations.includes('created_at'), violations.join());
  });
});

test('Open Responses requires further fields of a response, and both require what either does', () => {
  const missing = (binding: Binding) => judge(binding, 'ResponseResource', {}).violations;
  const [openai, openResponses, both] = bindings.map(missing);
  assert.equal(openai?.length, 14);
  assert.equal(openResponses?.length, 31);
  assert.deepEqual(new Set(both), new Set([...(openai ?? []), ...(openResponses ?? [])]));
});

test('a schema that Open Responses lacks is bound by OpenAI', () => {
  assert.deepEqual(
    judge('open-responses', 'ChatCompletion', {}).violations,
    judge('openai', 'ChatCompletion', {}).violations,
  );
});
