import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useServer } from './agents-under-test.ts';
import { streamEvents, type WireEvent } from './read-events.ts';
import { assertReadable } from './stream-rules.ts';

const input = '/reason First I think.\n/say Then I speak.';
const patch = { type: 'custom' as const, name: 'patch', description: 'Edits.' };
const look = { type: 'function' as const, name: 'look', parameters: {}, strict: false };
const answers: { name: string; body: { input: string } & Record<string, unknown> }[] = [
  { name: 'a text', body: { input: '/say One two.' } },
  { name: 'two texts', body: { input: '/say One.\n/say Two.' } },
  { name: 'an empty answer', body: { input: '/wait 0ms' } },
  { name: 'reasoning', body: { input } },
  { name: 'reasoning as a summary', body: { input, reasoning: { summary: 'auto' } } },
  { name: 'sealed reasoning', body: { input, include: ['reasoning.encrypted_content'] } },
  { name: 'a refusal', body: { input: '/refuse No.' } },
  {
    name: 'log probabilities',
    body: { input: '/say One.', top_logprobs: 2, include: ['message.output_text.logprobs'] },
  },
  { name: 'calls', body: { input: '/call look {"a":1}\n/call look {}', tools: [look] } },
  { name: 'a freeform call', body: { input: '/call patch {"input":"x y"}', tools: [patch] } },
  { name: 'a call that the agent runs', body: { input: '/run look {} => seen\n/say Seen.', tools: [look] } },
  { name: 'an answer cut short', body: { input: '/say one two three\n/limit 2' } },
  { name: 'a call cut short', body: { input: '/call look {"far":"away and further"}\n/limit 3', tools: [look] } },
  { name: 'a filtered answer', body: { input: '/say one\n/filter' } },
  { name: 'an answer that broke off', body: { input: '/say one two three\n/break after 2' } },
  { name: 'a broken call', body: { input: '/call look {"far":"away"}\n/break after 3', tools: [look] } },
];

describe('streams by the rules of the strictest readers', () => {
  const setup = useServer('offline agent', 'memory');

  for (const { name, body } of answers) {
    it(`streams ${name} so that each event can be read on arrival`, async () => {
      assertReadable(await streamEvents(setup.url, body));
    });

    it(`streams ${name} as responses.stream() expects`, async () => {
      // Each body is one that the SDK's types allow; the table is wider.
      const request = { model: 'any', ...body } as Parameters<typeof setup.openai.responses.stream>[0];
      const final = await setup.openai.responses.stream(request).finalResponse();
      assert.ok(['completed', 'incomplete', 'failed'].includes(final.status ?? ''), final.status);
    });
  }
});

describe('the rules themselves', () => {
  const setup = useServer('offline agent', 'memory');
  const breaks: { name: string; change: (events: WireEvent[]) => void }[] = [
    { name: 'a stream that does not begin with response.created', change: (events) => void events.shift() },
    {
      name: 'a response that changes its id',
      change: (events) => void Object.assign(find(events, 'in_progress')['response'], { id: 'resp_x' }),
    },
    { name: 'an item without an id', change: (events) => void delete find(events, 'item.added')['item'].id },
    { name: 'an item without its list', change: (events) => void delete find(events, 'item.added')['item'].content },
    { name: 'a text without annotations', change: (events) => nullAnnotations(find(events, 'item.done')) },
    {
      name: 'a delta of another item',
      change: (events) => void Object.assign(find(events, 'text.delta'), { item_id: 'msg_x' }),
    },
    { name: 'a missing part', change: (events) => void events.splice(events.indexOf(find(events, 'part.added')), 1) },
    { name: 'a missing end', change: (events) => void events.pop() },
    {
      name: 'an end without output',
      change: (events) => void Object.assign(find(events, 'completed')['response'], { output: [] }),
    },
  ];
  for (const { name, change } of breaks) {
    it(`notice ${name}`, async () => {
      const events = await streamEvents(setup.url, { input: '/say One two.' });
      change(events);
      events.forEach((event, index) => {
        event['sequence_number'] = index;
      });
      assert.throws(() => assertReadable(events));
    });
  }
});

function find(events: WireEvent[], ending: string): WireEvent {
  const found = events.find((event) => event.type.endsWith(ending));
  if (!found) throw new Error(`There is no event that ends in ${ending}.`);
  return found;
}

function nullAnnotations({ item }: WireEvent): void {
  item.content[0].annotations = null;
}
