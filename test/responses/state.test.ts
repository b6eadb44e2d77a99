import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import OpenAI, { NotFoundError } from 'openai';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { post, startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';

const model = 'any-name';

for (const store of stores) {
  describe(`the state of a server with the ${store} store`, () => {
    const setup = useServer('offline agent', store);

    it('has no response with store: false, non-streamed or streamed', async () => {
      const { openai } = setup;
      const plain = await openai.responses.create({ model, input: 'Hello', store: false });
      const streamed = await openai.responses.stream({ model, input: 'Hello', store: false }).finalResponse();
      for (const response of [plain, streamed]) {
        const { id } = response;
        assert.ok('store' in response && response.store === false);
        await assert.rejects(openai.responses.retrieve(id), NotFoundError);
        await assert.rejects(
          openai.responses.create({ model, input: 'And?', previous_response_id: id }),
          NotFoundError,
        );
      }
    });

    it('can be continued by a response that is not stored', async () => {
      const { openai } = setup;
      const first = await openai.responses.create({ model, input: 'one' });
      const previous_response_id = first.id;
      const second = await openai.responses.create({ model, input: 'two', previous_response_id, store: false });
      assert.match(second.output_text, /Turn 2\./);
    });

    it('can be continued as soon as the stream sends response.completed', async () => {
      const { openai } = setup;
      let previous_response_id: string | null = null;
      for (let turn = 1; turn <= 50; turn++) {
        const stream: AsyncIterable<OpenAI.Responses.ResponseStreamEvent> = await openai.responses.create({
          model,
          input: 'Next.',
          previous_response_id,
          stream: true,
        });
        previous_response_id = await readUntilCompleted(stream, turn);
      }
    });

    it('has the instructions of a chain, until a turn has its own', async () => {
      const { openai } = setup;
      const first = await openai.responses.create({ model, input: 'one', instructions: 'Be brief.' });
      const second = await openai.responses.create({ model, input: 'two', previous_response_id: first.id });
      assert.equal(second.instructions, 'Be brief.');
      const third = await openai.responses.create({
        model,
        input: 'three',
        instructions: 'Be long.',
        previous_response_id: second.id,
      });
      const fourth = await openai.responses.create({ model, input: 'four', previous_response_id: third.id });
      assert.equal(fourth.instructions, 'Be long.');
    });

    it('has the output sent before a client disconnected, as a cancelled response', async () => {
      const { openai, url } = setup;
      const controller = new AbortController();
      const id = await startAndLeave(url, controller);
      const response = await retrieveEnded(openai, id);
      assert.equal(response.status, 'cancelled');
      assert.match(response.output_text, /^one/);
      const next = await openai.responses.create({ model, input: 'Where were we?', previous_response_id: id });
      assert.match(next.output_text, /Turn 2\./);
    });

    it('has a response that failed midway', async () => {
      const { openai } = setup;
      const input = '/say one two three\n/break after 2';
      const failed = await openai.responses.stream({ model, input }).finalResponse();
      assert.equal((await openai.responses.retrieve(failed.id)).status, 'failed');
    });
  });
}

/** Leaves the stream immediately, without reading to its end. */
async function readUntilCompleted(
  stream: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>,
  turn: number,
): Promise<string> {
  for await (const event of stream) {
    if (event.type !== 'response.completed') continue;
    const [message] = event.response.output;
    const part = message?.type === 'message' ? message.content[0] : undefined;
    assert.match(part?.type === 'output_text' ? part.text : '', new RegExp(`Turn ${turn}\\.`));
    return event.response.id;
  }
  throw new Error('The stream ended without response.completed.');
}

/** Leaves after the first text. Returns the id of the response. */
async function startAndLeave(url: string, controller: AbortController): Promise<string> {
  // The client of these tests checks streams for their end, and this one has none.
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  const body = { model, input: '/tokens 1000 delay 20ms', stream: true } as const;
  const stream = await openai.responses.create(body, { signal: controller.signal });
  let id = '';
  for await (const event of stream) {
    if (event.type === 'response.created') id = event.response.id;
    if (event.type === 'response.output_text.delta') break;
  }
  controller.abort();
  return id;
}

/** Resolves once the server has noticed that its reader left, which takes a moment. */
async function retrieveEnded(openai: OpenAI, id: string): Promise<OpenAI.Responses.Response> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const response = await openai.responses.retrieve(id);
    if (response.status !== 'in_progress' || Date.now() > deadline) return response;
  }
}

describe('a chain, as the agent gets it', () => {
  const stack = new AsyncDisposableStack();
  after(() => stack.disposeAsync());
  const start = async (settings: Record<string, string> = {}) => {
    const upstream = stack.use(await startUpstream());
    const { openai, url } = stack.use(await startTalaria({ AGENT_URL: upstream.url, ...settings }));
    return { openai, url, upstream };
  };

  it('has the instructions that carry over, before the history', async () => {
    const { openai, upstream } = await start();
    const first = await openai.responses.create({ model, input: 'one', instructions: 'Be brief.' });
    await openai.responses.create({ model, input: 'two', previous_response_id: first.id });
    assert.deepEqual(upstream.requests.at(-1)?.body.messages, [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'You said: one (2 messages)' },
      { role: 'user', content: 'two' },
    ]);
  });

  it('has no instructions that carry over with CARRY_INSTRUCTIONS=0, as with OpenAI', async () => {
    const { openai, upstream } = await start({ CARRY_INSTRUCTIONS: '0' });
    const first = await openai.responses.create({ model, input: 'one', instructions: 'Be brief.' });
    const second = await openai.responses.create({ model, input: 'two', previous_response_id: first.id });
    assert.equal(second.instructions, null);
    assert.ok(!JSON.stringify(upstream.requests.at(-1)?.body).includes('Be brief.'));
  });

  it('is one session, different from that of every other chain', async () => {
    const { openai, upstream } = await start();
    const first = await openai.responses.create({ model, input: 'one' });
    await openai.responses.create({ model, input: 'two', previous_response_id: first.id });
    await openai.responses.create({ model, input: 'one' });
    const sessions = upstream.requests.map((request) => request.headers['x-session-id']);
    assert.equal(sessions[0], sessions[1]);
    assert.notEqual(sessions[1], sessions[2]);
  });

  it('has its newest 100 items with truncation auto, and all of them without', async () => {
    const { openai, upstream } = await start();
    const input = Array.from({ length: 150 }, (_, index) => ({ role: 'user' as const, content: `item ${index}` }));
    const system = { role: 'developer' as const, content: 'Be brief.' };
    const first = await openai.responses.create({ model, input: [system, ...input] });
    const previous_response_id = first.id;
    await openai.responses.create({ model, input: 'next', previous_response_id, truncation: 'auto' });
    const contents = () =>
      upstream.requests.at(-1)?.body.messages.map((message: { content: string }) => message.content);
    const cut = contents();
    // The answer is one of the 100.
    assert.deepEqual([cut.length, cut[0], cut[1], cut.at(-1)], [102, 'Be brief.', 'item 51', 'next']);
    await openai.responses.create({ model, input: 'next', previous_response_id });
    assert.equal(contents().length, 153);
  });

  it('drops fields that the contract does not name', async () => {
    const { url, upstream } = await start();
    const body = { model, input: 'Hello', client_metadata: { secret: 'x' }, topping: 5 };
    assert.equal((await post(`${url}/v1/responses`, body)).status, 200);
    assert.doesNotMatch(JSON.stringify(upstream.requests.at(-1)?.body), /client_metadata|topping|secret/);
  });
});
