import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { type Rule, startTalaria, type TalariaServer } from 'talaria/testing';
import { draftReply } from '../src/draft-reply.ts';
import { type Bot, triage } from '../src/triage.ts';

const verdict = { category: 'delivery', urgent: false, summary: 'Order 42 is on its way.' };

const rules: Rule[] = [
  {
    name: 'look up the order',
    when: { message: { regex: 'order (?<id>\\d+)' }, tools: ['find_order'], tool_results: false },
    reply: { tool_calls: [{ name: 'find_order', arguments: { id: '{{ groups.id }}' } }] },
  },
  { name: 'decide', when: { tool_results: true }, reply: { json: verdict } },
  { name: 'draft', when: { message: 'Draft a reply*' }, reply: { text: 'Dear customer, it is on its way.' } },
];

describe('the support bot', () => {
  let talaria: TalariaServer;
  let bot: Bot;
  before(async () => {
    talaria = await startTalaria({ rules, strict: true });
    bot = {
      openai: new OpenAI(talaria.clientOptions),
      model: 'gpt-5-mini',
      findOrder: async (id) => (id === '42' ? { id, status: 'shipped' } : undefined),
    };
  });
  afterEach(() => talaria.reset());
  after(() => talaria.close());

  test('looks the order up before it decides', async () => {
    assert.deepEqual(await triage('Where is my order 42?', bot), verdict);
    const [request] = await talaria.journal.verify({ rule: 'decide', text: '"status":"shipped"' }, { count: 1 });
    assert.equal(request?.model, 'gpt-5-mini');
    await talaria.journal.verify({ tools: ['find_order'], body: { text: { format: { strict: true } } } }, { count: 2 });
  });

  test('reports a missing order to the model', async () => {
    await triage('Where is my order 7?', bot);
    await talaria.journal.verify({ rule: 'decide', text: 'There is no order 7.' });
  });

  test('retries while the model is busy', async () => {
    const busy = { status: 503, headers: { 'retry-after-ms': '1' }, body: { error: { message: 'Busy.' } } };
    await talaria.rules.add({ name: 'busy', times: 2, reply: busy });
    assert.deepEqual(await triage('Where is my order 42?', bot), verdict);
    await talaria.journal.verify({ status: 503 }, { count: 2 });
    await talaria.journal.verify({ status: 200 }, { count: 2 });
  });

  test('gives up on a model that only calls tools', async () => {
    await talaria.rules.replace([{ reply: { tool_calls: [{ name: 'find_order', arguments: { id: '42' } }] } }]);
    await assert.rejects(triage('Where is my order 42?', bot), /No verdict after 4 rounds/);
    await talaria.journal.verify({}, { count: 4 });
  });

  test('reports an answer that is not JSON', async () => {
    await talaria.rules.add({ when: { tool_results: true }, reply: { text: 'It is on its way.' } });
    await assert.rejects(triage('Where is my order 42?', bot), /did not answer with JSON: It is on its way/);
  });

  test('streams the draft', async () => {
    const deltas: string[] = [];
    const draft = await draftReply({ ...verdict, category: 'delivery' }, bot, (text) => deltas.push(text));
    assert.equal(draft, 'Dear customer, it is on its way.');
    assert.ok(deltas.length > 1);
    assert.equal(deltas.join(''), draft);
  });

  test('rejects a draft that is cut short', async () => {
    const fault = { kind: 'end', after: 3 } as const;
    await talaria.rules.replace([{ reply: { text: 'Dear customer, it is on its way.', fault } }]);
    await assert.rejects(draftReply({ ...verdict, category: 'delivery' }, bot, () => undefined));
    await talaria.journal.waitFor({ outcome: 'completed' });
  });
});
