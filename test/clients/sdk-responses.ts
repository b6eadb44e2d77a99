import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InternalServerError, NotFoundError } from 'openai';
import type { Response, ResponseStreamEvent } from 'openai/resources/responses/responses';
import type { Setup } from './agents-under-test.ts';

const model = 'any-name';
const weatherTool = {
  type: 'function' as const,
  name: 'get_weather',
  strict: false,
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** Single responses through the official SDK. */
export function responsesSuite(setup: Setup): void {
  describe('responses', () => {
    plainTests(setup);
    streamTests(setup);
    helperTests(setup);
  });
}

function plainTests(setup: Setup): void {
  it('answers without a stream, and output_text is the whole text', async () => {
    const { openai, words } = setup;
    const response = await openai.responses.create({ model, input: words.say('Hello  there, you.') });
    assert.equal(response.output_text, 'Hello  there, you.');
    assert.equal(response.status, 'completed');
    assert.equal(response.model, model);
    assert.equal(response.error, null);
    assert.ok(response.completed_at && response.completed_at >= response.created_at);
    assert.ok(response.usage && response.usage.output_tokens > 0);
    assert.equal(response.usage.total_tokens, response.usage.input_tokens + response.usage.output_tokens);
  });

  it('is incomplete when the agent reached its limit, also in the last item', async () => {
    const { openai, words } = setup;
    const response = await openai.responses.create({ model, input: words.cutShort });
    assert.equal(response.status, 'incomplete');
    assert.deepEqual(response.incomplete_details, { reason: 'max_output_tokens' });
    assert.equal(response.output_text, words.cutText);
    assert.equal(statusOf(response.output.at(-1)), 'incomplete');
  });

  it('answers 502 when the agent breaks off a non-streamed reply', async () => {
    const { openai, words } = setup;
    await assert.rejects(openai.responses.create({ model, input: words.breakOff }), (error) => {
      assert.ok(error instanceof InternalServerError);
      assert.equal(error.status, 502);
      assert.equal(error.code, 'upstream_error');
      return true;
    });
  });
}

function streamTests(setup: Setup): void {
  it('streams the life of a text in order, under one item id', async () => {
    const { openai, words } = setup;
    const stream = await openai.responses.create({ model, input: words.say('One two three.'), stream: true });
    const events = await Array.fromAsync(stream);
    assert.deepEqual(withoutRepeats(events.map((event) => event.type)), [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const ids = events.flatMap((event) => ('item_id' in event ? [event.item_id] : []));
    const final = finalOf(events);
    assert.deepEqual([...new Set(ids)], [idOf(final.output[0])]);
    const deltas = events.flatMap((event) => (event.type === 'response.output_text.delta' ? [event.delta] : []));
    assert.ok(deltas.length > 1, 'the text comes in pieces');
    assert.equal(deltas.join(''), 'One two three.');
  });

  it('ends a broken stream with response.failed, which keeps the partial output', async () => {
    const { openai, words } = setup;
    const events = await Array.fromAsync(await openai.responses.create({ model, input: words.breakOff, stream: true }));
    const final = finalOf(events);
    assert.equal(events.at(-1)?.type, 'response.failed');
    assert.equal(final.status, 'failed');
    // The SDK's own list of codes is closed.
    assert.equal(final.error?.code as string, 'upstream_error');
    assert.equal(textOf(final), 'one two');
    const stored = await openai.responses.retrieve(final.id);
    assert.equal(stored.status, 'failed');
    assert.deepEqual(stored.output, final.output);
  });

  it('refuses before the stream starts when the agent refuses', async () => {
    const { openai, words } = setup;
    const refused = openai.responses.create({ model, input: words.fail(404), stream: true });
    await assert.rejects(refused, (error) => error instanceof NotFoundError && error.status === 404);
  });
}

/** `responses.stream()` is the strictest reader: it checks each event against the previous ones. */
function helperTests(setup: Setup): void {
  it('is followed by the stream() helper to a final response that equals the stored one', async () => {
    const { openai, words } = setup;
    const stream = openai.responses.stream({ model, input: words.say('One two three.') });
    const final = await stream.finalResponse();
    assert.equal(final.output_text, 'One two three.');
    const stored = await openai.responses.retrieve(final.id);
    assert.equal(stored.output_text, 'One two three.');
    assert.deepEqual(
      stored.output.map((item) => [item.type, idOf(item)]),
      final.output.map((item) => [item.type, idOf(item)]),
    );
    assert.deepEqual(stored.usage, final.usage);
  });

  it('streams reasoning as text when no summary is requested', async () => {
    const { openai, words } = setup;
    const input = words.think('First I think.', 'Then I speak.');
    const final = await openai.responses.stream({ model, input }).finalResponse();
    const [reasoning, message] = final.output;
    assert.ok(reasoning?.type === 'reasoning' && message?.type === 'message');
    assert.deepEqual(reasoning.content, [{ type: 'reasoning_text', text: 'First I think.' }]);
    assert.deepEqual(reasoning.summary, []);
    assert.equal(final.output_text, 'Then I speak.');
    assert.ok(final.usage && final.usage.output_tokens_details.reasoning_tokens > 0);
  });

  it('streams reasoning as a summary when requested', async () => {
    const { openai, words } = setup;
    const input = words.think('First I think.', 'Then I speak.');
    const final = await openai.responses.stream({ model, input, reasoning: { summary: 'auto' } }).finalResponse();
    const [reasoning] = final.output;
    assert.ok(reasoning?.type === 'reasoning');
    assert.deepEqual(reasoning.summary, [{ type: 'summary_text', text: 'First I think.' }]);
    assert.equal(reasoning.content, undefined);
  });

  it('streams a refusal as a refusal part', async () => {
    const { openai, words } = setup;
    const final = await openai.responses.stream({ model, input: words.refuse('I will not.') }).finalResponse();
    const [message] = final.output;
    assert.ok(message?.type === 'message');
    const [part] = message.content;
    assert.equal(part?.type === 'refusal' && part.refusal, 'I will not.');
    assert.equal(message.content.length, 1);
    assert.equal(final.output_text, '');
  });

  it('streams several function calls at once', async () => {
    const { openai, words } = setup;
    const cities = ['Paris', 'Rome', 'Oslo'];
    const input = words.call(...cities.map((city) => ({ name: 'get_weather', arguments: { city } })));
    const stream = openai.responses.stream({ model, input, tools: [weatherTool] });
    const pieces: string[] = [];
    stream.on('response.function_call_arguments.delta', (event) => {
      pieces[event.output_index] = (pieces[event.output_index] ?? '') + event.delta;
    });
    const final = await stream.finalResponse();
    const calls = final.output.filter((item) => item.type === 'function_call');
    assert.deepEqual(
      calls.map((call) => JSON.parse(call.arguments)),
      cities.map((city) => ({ city })),
    );
    assert.deepEqual(
      pieces,
      calls.map((call) => call.arguments),
    );
    assert.equal(new Set(calls.map((call) => call.call_id)).size, 3);
    assert.ok(calls.every((call) => call.status === 'completed'));
  });

  it('ends without throwing when the agent breaks off: the final response is failed', async () => {
    const { openai, words } = setup;
    const final = await openai.responses.stream({ model, input: words.breakOff }).finalResponse();
    assert.equal(final.status, 'failed');
  });
}

function finalOf(events: ResponseStreamEvent[]): Response {
  const last = events.at(-1);
  assert.ok(last && 'response' in last, `the last event is ${last?.type}`);
  return last.response;
}

/** The SDK fills in `output_text` only on non-streamed replies. */
function textOf(response: Response): string {
  return response.output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .map((part) => (part.type === 'output_text' ? part.text : ''))
    .join('');
}

const idOf = (item: object | undefined): unknown => (item && 'id' in item ? item.id : undefined);
const statusOf = (item: object | undefined): unknown => (item && 'status' in item ? item.status : undefined);

const withoutRepeats = (types: string[]): string[] => types.filter((type, index) => type !== types[index - 1]);
