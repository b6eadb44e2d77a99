import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatForm } from '../../src/contract/forms/chat-form.ts';
import { responsesForm } from '../../src/contract/forms/responses-form.ts';
import { toParam } from '../../src/contract/violation.ts';
import { isObject } from '../../src/json/is-object.ts';
import { createRandom } from '../helpers/random.ts';
import { listWords } from './list-words.ts';
import { mutateJson, toJsonText } from './mutate-json.ts';
import { sampleRequests } from './sample-requests.ts';
import { explain, startValidatingServer } from './validating-server.ts';

test('the seed bodies of the fuzzing are valid', async () => {
  await using server = await startValidatingServer();
  for (const [kind, body] of sampleRequests) {
    const { status, json } = await server.post(kind, JSON.stringify(body));
    assert.equal(status, 200, JSON.stringify(json));
    assert.deepEqual(json, { accepted: body });
  }
});

const forms = { chat: chatForm, responses: responsesForm };

/** Reads a body as the server does, and explains why the result is invalid. */
function readForms(kind: 'chat' | 'responses', sent: unknown) {
  const form = forms[kind];
  const body = isObject(sent) ? (form.adopt?.(sent) ?? sent) : sent;
  const violation = explain(kind, body);
  if (!violation || !isObject(body)) return { read: body, violation };
  const read = form.rewrite(body);
  return { read, violation: explain(kind, read) };
}

const isMovedField = (json: unknown): boolean => JSON.stringify(json).includes('"code":"unsupported_parameter"');

test('the validator and the explainer agree on every body: refused means explained, accepted means read', async () => {
  await using server = await startValidatingServer();
  const words = listWords();
  const random = createRandom(8642);
  const counts = { accepted: 0, refused: 0 };
  const params = new Set<string>();
  for (let round = 0; round < 2500; round++) {
    const [kind, sample] = sampleRequests[random(sampleRequests.length)] ?? assert.fail();
    let body = sample;
    for (let changes = 1 + random(2); changes > 0; changes--) body = mutateJson(body, random, words);
    const text = toJsonText(body) ?? 'null';
    const { read, violation } = readForms(kind, JSON.parse(text));
    const { status, json } = await server.post(kind, text);
    if (isMovedField(json)) continue;
    if (status === 200) {
      assert.equal(violation, undefined, `accepted, but explained as ${JSON.stringify(violation)}: ${text}`);
      assert.deepEqual(json, JSON.parse(JSON.stringify({ accepted: read })), text);
      counts.accepted += 1;
      continue;
    }
    assert.ok(violation, `refused, but not explained: ${text} ${JSON.stringify(json)}`);
    const { message, code, path } = violation;
    const param = toParam(path) || null;
    assert.deepEqual(
      { status, json },
      { status: 400, json: { error: { message, type: 'invalid_request_error', param, code } } },
    );
    counts.refused += 1;
    params.add(String(param));
  }
  assert.ok(counts.accepted > 250 && counts.refused > 250, `too few samples of a kind: ${JSON.stringify(counts)}`);
  assert.ok(params.size > 80, `only ${params.size} distinct params were refused`);
});
