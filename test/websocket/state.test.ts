import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { connectSocket, errorMessage, idOf, type SocketClient, textOf } from './connect-socket.ts';

const notFound = (id: string) =>
  errorMessage(404, 'previous_response_not_found', `Previous response not found: ${id}`, 'previous_response_id');

const say = (client: SocketClient, previousId?: string) =>
  client.create({ input: 'Hello', ...(previousId ? { previous_response_id: previousId } : {}) });

describe('the state of a WebSocket connection', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria();
  });
  after(() => server[Symbol.asyncDispose]());

  test('N16, N17: a response with store: false is continued with its new input alone, turn after turn', async () => {
    await using client = await connectSocket(server.url);
    let turn = await say(client);
    for (const count of [2, 3, 4]) {
      turn = await say(client, idOf(turn));
      assert.match(textOf(turn), new RegExp(`Turn ${count}\\.`));
    }
  });

  test('N17: two branches of one response do not see each other', async () => {
    await using client = await connectSocket(server.url);
    const root = idOf(await say(client));
    const branch = await say(client, root);
    await say(client, idOf(branch));
    assert.match(textOf(await say(client, root)), /Turn 2\./);
    assert.match(textOf(await say(client, idOf(branch))), /Turn 3\./);
  });

  test('N19: a response that is not stored is unknown to other connections and over HTTP', async () => {
    await using client = await connectSocket(server.url);
    const id = idOf(await say(client));
    await using other = await connectSocket(server.url);
    assert.deepEqual(await say(other, id), [notFound(id)]);
    await assert.rejects(server.openai.responses.retrieve(id), { status: 404 });
    await assert.rejects(server.openai.responses.create({ input: 'Hello', previous_response_id: id }), {
      code: 'previous_response_not_found',
    });
    assert.match(textOf(await say(client, id)), /Turn 2\./);
  });

  test('N19: an id that never was, or is not an id, is previous_response_not_found', async () => {
    await using client = await connectSocket(server.url);
    for (const id of [`resp_${'0'.repeat(32)}`, 'nonsense', '__proto__']) {
      assert.deepEqual(await say(client, id), [notFound(id)]);
    }
  });

  test('N18: a stored response is continued from the store, on any connection, also by one that is not', async () => {
    const stored = await server.openai.responses.create({ input: 'Hello' });
    await using client = await connectSocket(server.url);
    const turn = await say(client, stored.id);
    assert.match(textOf(turn), /Turn 2\./);
    const third = await say(client, idOf(turn));
    assert.match(textOf(third), /Turn 3\./);
    assert.match(textOf(await say(client, idOf(third))), /Turn 4\./);
  });

  test('N18: a response with store: true is there for HTTP once its terminal event has come', async () => {
    await using client = await connectSocket(server.url);
    const turn = await client.create({ input: 'Hello', store: true, metadata: { from: 'socket' } });
    const read = await server.openai.responses.retrieve(idOf(turn));
    assert.deepEqual(read, { ...turn.at(-1).response, output_text: read.output_text });
    const next = await server.openai.responses.create({ input: 'Hello', previous_response_id: read.id });
    assert.match(next.output_text, /Turn 2\./);
  });

  test('a stored continuation of one that is not is continued with the whole chain on this connection', async () => {
    await using client = await connectSocket(server.url);
    const first = await say(client);
    const second = await client.create({ input: 'Hello', store: true, previous_response_id: idOf(first) });
    assert.match(textOf(second), /Turn 2\./);
    const third = await client.create({ input: 'Hello', store: true, previous_response_id: idOf(second) });
    assert.match(textOf(third), /Turn 3\./);
    assert.match(textOf(await say(client, idOf(third))), /Turn 4\./);
  });

  test('a chain survives when a stored response at its root is deleted', async () => {
    const stored = await server.openai.responses.create({ input: 'Hello' });
    await using client = await connectSocket(server.url);
    const turn = await say(client, stored.id);
    await server.openai.responses.delete(stored.id);
    assert.match(textOf(await say(client, idOf(turn))), /Turn 3\./);
  });

  test('item references find what was stored, and nothing that was not', async () => {
    const stored = await server.openai.responses.create({ input: '/say My name is Ada.' });
    await using client = await connectSocket(server.url);
    const go = { role: 'user', content: 'Go on' };
    const turn = await client.create({ input: [{ type: 'item_reference', id: stored.output[0]?.id }, go] });
    assert.match(textOf(turn), /You said: Go on/);
    const { id } = turn.at(-1).response.output[0];
    assert.deepEqual(await client.create({ input: [{ type: 'item_reference', id }, go] }), [
      errorMessage(404, 'item_not_found', `Item with id '${id}' not found.`, 'input[0].id'),
    ]);
  });

  test('N22, N24: a connection can start from scratch at any time, with the full context and no previous id', async () => {
    await using client = await connectSocket(server.url);
    await say(client);
    const context = [
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: 'Three' },
    ];
    const turn = await client.create({ input: context, previous_response_id: null });
    assert.match(textOf(turn), /Turn 2\. You said: Three/);
  });

  describe('after a continuation that failed', () => {
    const failures: [name: string, fields: object, status: number][] = [
      ['a 4xx of the contract', { input: 'Hello', temperature: 'hot' }, 400],
      ['a 4xx of the use case', { input: 'Hello', background: true }, 400],
      ['a 4xx of the agent', { input: '/status 429' }, 429],
      ['a 5xx of the agent', { input: '/status 500' }, 502],
    ];
    for (const [name, fields, status] of failures) {
      test(`N20, N21: with ${name} the previous response cannot be continued again`, async () => {
        await using client = await connectSocket(server.url);
        const id = idOf(await say(client));
        const [failed] = await client.create({ ...fields, previous_response_id: id });
        assert.equal(failed.status, status);
        assert.deepEqual(await say(client, id), [notFound(id)]);
      });
    }

    test('N20: a run that broke midway evicts too, and is itself not continued', async () => {
      await using client = await connectSocket(server.url);
      const id = idOf(await say(client));
      const broken = await client.create({ input: '/say one two\n/break after 1', previous_response_id: id });
      assert.equal(broken.at(-1).type, 'response.failed');
      assert.deepEqual(await say(client, id), [notFound(id)]);
      assert.deepEqual(await say(client, idOf(broken)), [notFound(idOf(broken))]);
    });

    test('N20: only the response it named is forgotten', async () => {
      await using client = await connectSocket(server.url);
      const first = idOf(await say(client));
      const second = idOf(await say(client, first));
      await client.create({ input: '/status 429', previous_response_id: second });
      assert.match(textOf(await say(client, first)), /Turn 2\./);
    });

    test('N20: a stored response stays in the store', async () => {
      const stored = await server.openai.responses.create({ input: 'Hello' });
      await using client = await connectSocket(server.url);
      await client.create({ input: '/status 429', previous_response_id: stored.id });
      assert.match(textOf(await say(client, stored.id)), /Turn 2\./);
    });

    test('N24, N26: the client recovers on the same socket with the whole context', async () => {
      await using client = await connectSocket(server.url);
      const id = idOf(await say(client));
      await client.create({ input: '/status 429', previous_response_id: id });
      await say(client, id);
      const whole = [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
        { role: 'user', content: 'Again' },
      ];
      assert.match(textOf(await client.create({ input: whole })), /Turn 2\. You said: Again/);
    });
  });
});

describe('generate: false', () => {
  test('Codex: completes with an empty output, calls no agent, and is continued with its input', async () => {
    await using upstream = await startUpstream();
    await using server = await startTalaria({ AGENT_URL: upstream.url });
    await using client = await connectSocket(server.url);
    const input = [{ type: 'message', role: 'developer', content: 'Be brief.' }];
    const primed = await client.create({ model: 'test-model', generate: false, input, instructions: 'Speak French.' });
    assert.deepEqual(
      primed.map((event) => event.type),
      ['response.created', 'response.in_progress', 'response.completed'],
    );
    assert.deepEqual(primed.at(-1).response.output, []);
    assert.equal(upstream.requests.length, 0);
    await client.create({ model: 'test-model', input: 'say Bonjour', previous_response_id: idOf(primed) });
    assert.deepEqual(upstream.requests[0]?.body.messages, [
      { role: 'system', content: 'Speak French.\nBe brief.' },
      { role: 'user', content: 'say Bonjour' },
    ]);
  });

  test('uses the agent\'s first model when none is named, and "generate: true" and null generate', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    const primed = await client.create({ generate: false, input: [] });
    assert.equal(primed.at(-1).response.model, 'offline');
    for (const generate of [true, null]) assert.notEqual(textOf(await client.create({ generate, input: 'Hello' })), '');
  });

  test('with store: true is there for HTTP, and in a conversation its input is appended', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    const stored = await client.create({ generate: false, store: true, input: 'My name is Ada.' });
    const next = await server.openai.responses.create({ input: 'Hello', previous_response_id: idOf(stored) });
    assert.match(next.output_text, /Turn 2\./);

    const conversation = (await server.openai.conversations.create({})).id;
    await client.create({ generate: false, conversation, input: 'My name is Ada.' });
    const items = await server.openai.conversations.items.list(conversation);
    assert.equal(items.data.length, 1);
  });

  test('is refused like any turn: without its previous response, with a prompt template, or a value of the wrong type', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    const id = `resp_${'1'.repeat(32)}`;
    assert.deepEqual(await client.create({ generate: false, input: [], previous_response_id: id }), [notFound(id)]);
    const withPrompt = await client.create({ generate: false, input: [], prompt: { id: 'pmpt_1' } });
    const unavailable = 'Stored prompt templates are not supported by this server.';
    assert.deepEqual(withPrompt, [errorMessage(400, 'unsupported_parameter', unavailable, 'prompt')]);
    assert.deepEqual(await client.create({ generate: 'no', input: [] }), [
      errorMessage(
        400,
        'invalid_type',
        "Invalid type for 'generate': expected one of a boolean or null, but got a string instead.",
        'generate',
      ),
    ]);
  });
});
