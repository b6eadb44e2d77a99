import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket, type Message, type SocketClient, textOf } from './connect-socket.ts';
import { startSocketServer } from './start-socket-server.ts';
import { untilEnded } from './steer-until-killed.ts';

const steer = (client: SocketClient, id: string, input: unknown) =>
  client.send({ type: 'response.steer', previous_response_id: id, input });

/** Reads up to the next message of this type, which is the last of the result. */
async function readTo(client: SocketClient, type: string): Promise<Message[]> {
  const messages = [await client.next()];
  while (messages.at(-1).type !== type) messages.push(await client.next());
  return messages;
}

const successorOf = (steerId: string): string => steerId.replace('steer_', 'resp_');

describe('response.steer', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
    await using client = await connectSocket(server.url);
    // The checks compile at first use.
    steer(client, 'resp_unknown', 'Hello');
    await client.next();
    await client.create({ input: 'Hello' });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const store of [true, false]) {
    test(`is applied by a successor when the response ends by itself (store: ${store})`, async () => {
      await using client = await connectSocket(server.url);
      client.send({
        type: 'response.create',
        store,
        stream_id: 'a',
        instructions: 'Be brief.',
        metadata: { trip: 'Rome' },
        input: '/wait 150ms\n/say one',
      });
      const created = await client.next();
      steer(client, created.response.id, '/say two');
      steer(client, created.response.id, [{ role: 'user', content: '/say three' }]);
      const turn = await client.rest();
      const accepted = turn.filter(({ type }) => type === 'response.steer.accepted');
      assert.equal(accepted.length, 2);
      assert.ok(accepted.every(({ stream_id }) => stream_id === 'a'));
      assert.ok(accepted.every((event) => event.steer.previous_response_id === created.response.id));
      assert.equal(turn.at(-1).type, 'response.completed');
      const next = await client.rest();
      assert.equal(next[0].type, 'response.created');
      const { response } = next.at(-1);
      assert.equal(response.id, successorOf(accepted[0].steer.id));
      assert.equal(response.previous_response_id, created.response.id);
      assert.equal(response.instructions, 'Be brief.');
      assert.deepEqual(response.metadata, { trip: 'Rome' });
      assert.equal(textOf(next), 'three');
      assert.ok(next.every(({ stream_id }) => stream_id === 'a'));
      assert.equal(client.waiting, 0);
      if (!store) return;
      const { data } = await server.openai.responses.inputItems.list(response.id, { order: 'asc' });
      const texts = data.map(
        (item) => item.type === 'message' && item.content[0]?.type === 'input_text' && item.content[0].text,
      );
      assert.deepEqual(texts, ['/say two', '/say three']);
    });
  }

  test('waits for the client when the response ends with its calls, and precedes the input of the next turn', async () => {
    await using client = await connectSocket(server.url);
    const tools = [{ type: 'function', name: 'look', parameters: { type: 'object' } }];
    client.send({ type: 'response.create', tools, input: '/wait 60ms\n/call look {}' });
    const created = await client.next();
    steer(client, created.response.id, '/say steered');
    const turn = await client.rest();
    const call = turn.at(-1).response.output[0];
    const pending = await client.next();
    const [accepted] = turn.filter(({ type }) => type === 'response.steer.accepted');
    assert.deepEqual(pending, {
      type: 'response.steer.pending',
      sequence_number: turn.at(-1).sequence_number + 1,
      steer: accepted.steer,
      reason: 'waiting_for_required_input',
      required_input: [{ type: 'function_call_output', call_id: call.call_id, name: 'look' }],
    });
    steer(client, created.response.id, 'late');
    assert.equal((await client.next()).error.code, 'response_already_completed');
    const output = { type: 'function_call_output', call_id: call.call_id, output: 'seen' };
    const next = { store: true, tools, previous_response_id: created.response.id, input: [output] };
    // Another lane forks the response: the input waits for its own.
    const fork = await client.create({ ...next, stream_id: 'fork' });
    assert.notEqual(fork.at(-1).response.id, successorOf(accepted.steer.id));
    const continued = await client.create(next);
    assert.equal(continued.at(-1).response.id, successorOf(accepted.steer.id));
    const again = await client.create(next);
    assert.notEqual(again.at(-1).response.id, successorOf(accepted.steer.id));
    const list = async (id: string) =>
      (await server.openai.responses.inputItems.list(id, { order: 'asc' })).data.map(({ type }) => type);
    assert.deepEqual(await list(continued.at(-1).response.id), ['message', 'function_call_output']);
    assert.deepEqual(await list(again.at(-1).response.id), ['function_call_output']);
  });

  test('is not announced as pending when the turn that continues the response already waits', async () => {
    await using client = await connectSocket(server.url);
    const tools = [{ type: 'function', name: 'look', parameters: { type: 'object' } }];
    client.send({ type: 'response.create', tools, input: '/wait 60ms\n/call look {}\n/wait 100ms' });
    const created = await client.next();
    steer(client, created.response.id, '/say steered');
    const begun = await readTo(client, 'response.output_item.added');
    const { call_id } = begun.at(-1).item;
    const output = { type: 'function_call_output', call_id, output: 'seen' };
    client.send({ type: 'response.create', tools, previous_response_id: created.response.id, input: [output] });
    assert.equal((await client.rest()).at(-1).type, 'response.completed');
    const next = await client.rest();
    const accepted = begun.find(({ type }) => type === 'response.steer.accepted');
    assert.equal(next[0].type, 'response.created');
    assert.equal(next[0].response.id, successorOf(accepted.steer.id));
  });

  test('is applied after the tools that the agent runs itself', async () => {
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/wait 60ms\n/run look {} => seen\n/wait 10ms\n/say never' });
    const created = await client.next();
    steer(client, created.response.id, '/say instead');
    const turn = await client.rest();
    const { response } = turn.at(-1);
    assert.equal(turn.at(-1).type, 'response.incomplete');
    assert.deepEqual(response.incomplete_details, { reason: 'steered' });
    assert.deepEqual(
      response.output.map((item: Message) => item.type),
      ['function_call', 'function_call_output'],
    );
    assert.equal(textOf(await client.rest()), 'instead');
  });

  test('names the successor once that has begun', async () => {
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/wait 60ms\n/say one' });
    steer(client, (await client.next()).response.id, '/wait 60ms\n/say two');
    await client.rest();
    const second = await client.next();
    steer(client, second.response.id, '/say three');
    assert.equal(textOf(await client.rest()), 'two');
    const third = await client.rest();
    assert.equal(third.at(-1).response.previous_response_id, second.response.id);
    assert.equal(textOf(third), 'three');
  });

  test('continues a stored response after its connection has closed', async () => {
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/wait 100ms\n/say one' });
    const created = await client.next();
    steer(client, created.response.id, '/say two');
    const accepted = (await readTo(client, 'response.steer.accepted')).at(-1);
    client.socket.terminate();
    const { id } = accepted.steer;
    const parent = await untilEnded(server, created.response.id);
    assert.equal(parent?.status, 'completed');
    const successor = await untilEnded(server, successorOf(id));
    assert.equal(successor?.output_text, 'two');
  });

  test('is in the replay of the stream', async () => {
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/wait 60ms\n/say one' });
    const created = await client.next();
    steer(client, created.response.id, '/say two');
    const live = [created, ...(await client.rest())];
    await client.rest();
    const replay = await server.openai.responses.retrieve(created.response.id, { stream: true });
    assert.deepEqual(await Array.fromAsync(replay), live);
  });

  test('returns input that is not used', async () => {
    await using client = await connectSocket(server.url);
    const refused = async (id: string, input: unknown, fields = {}) => {
      client.send({ type: 'response.steer', previous_response_id: id, input, ...fields });
      const failed = (await readTo(client, 'response.steer.failed')).at(-1);
      assert.deepEqual(failed.steer, { previous_response_id: id, input });
      assert.equal(failed.error.type, 'invalid_request_error');
      return failed;
    };
    const code = async (...args: Parameters<typeof refused>) => (await refused(...args)).error.code;
    assert.equal(await code('resp_1', 'Hello'), 'response_not_found');
    const [, ...done] = await client.create({ input: '/say done' });
    assert.equal(await code(done.at(-1).response.id, 'Hello'), 'response_already_completed');
    const failed = await client.create({ input: '/say done\n/break after 1' });
    assert.equal(await code(failed.at(-1).response.id, 'Hello'), 'response_not_active');
    client.send({ type: 'response.create', stream_id: 'a', input: '/wait 30000ms' });
    const { id } = (await readTo(client, 'response.created')).at(-1).response;
    for (const input of [
      [],
      3,
      [{ role: 'assistant', content: 'Hello' }],
      [{ role: 'user', content: 'Hello', id: 'msg_1' }],
      [{ role: 'user', content: [{ type: 'output_text', text: 'Hello' }] }],
      [{ type: 'function_call_output', call_id: 'call_1', output: '' }],
    ]) {
      assert.equal(await code(id, input), 'invalid_input', JSON.stringify(input));
    }
    const lane = await refused(id, 'Hello', { stream_id: 'a' });
    assert.equal(lane.error.code, 'invalid_input');
    assert.match(lane.error.message, /'stream_id'/);
    assert.equal(lane.stream_id, 'a');
    client.send({ type: 'response.steer', previous_response_id: id });
    assert.equal((await readTo(client, 'error')).at(-1).error.param, 'input');
  });

  test('is not supported in a conversation or with automatic compaction', async () => {
    await using client = await connectSocket(server.url);
    const { id: conversation } = await server.openai.conversations.create();
    for (const [fields, name] of [
      [{ conversation }, /conversation/],
      [{ context_management: [{ type: 'compaction', compact_threshold: 100_000 }] }, /compaction/],
    ] as const) {
      client.send({ type: 'response.create', stream_id: `${name.source}`, input: '/wait 30000ms', ...fields });
      steer(client, (await readTo(client, 'response.created')).at(-1).response.id, 'Hello');
      const failed = (await readTo(client, 'response.steer.failed')).at(-1);
      assert.equal(failed.error.code, 'steering_not_supported');
      assert.match(failed.error.message, name);
    }
  });

  test('returns accepted input when its response fails', async () => {
    await using client = await connectSocket(server.url);
    client.send({ type: 'response.create', input: '/wait 60ms\n/say one\n/break after 1' });
    const created = await client.next();
    steer(client, created.response.id, '/say two');
    const turn = await client.rest();
    const accepted = turn.find(({ type }) => type === 'response.steer.accepted');
    const failed = await client.next();
    assert.equal(failed.error.code, 'successor_creation_failed');
    assert.deepEqual(failed.steer, { ...accepted.steer, input: '/say two' });
    assert.equal(failed.sequence_number, turn.at(-1).sequence_number + 1);
  });

  test('is bounded by response', async () => {
    await using small = await startSocketServer({ limits: { steers: 1 } });
    await using client = await connectSocket(small.url);
    client.send({ type: 'response.create', store: false, input: '/wait 30000ms' });
    const { id } = (await client.next()).response;
    steer(client, id, 'one');
    steer(client, id, 'two');
    const failed = (await readTo(client, 'response.steer.failed')).at(-1);
    assert.equal(failed.error.code, 'too_many_pending_steers');
    assert.equal(failed.steer.input, 'two');
  });

  test('openai 7.59, ResponsesWS: is sent at the first response.created', async () => {
    const ws = new ResponsesWS(server.openai);
    const ends: [id: string, type: string, reason: string | undefined][] = [];
    let successor: string | undefined;
    const done = new Promise<void>((resolve, reject) => {
      ws.once('response.created', ({ response }) => {
        ws.send({ type: 'response.steer', previous_response_id: response.id, input: '/say Paris' });
      });
      ws.on('response.steer.accepted', ({ steer }) => {
        successor = successorOf(steer.id);
      });
      ws.on('response.incomplete', ({ response: { id, incomplete_details: details } }) =>
        ends.push([id, 'incomplete', details?.reason]),
      );
      ws.on('response.completed', ({ response: { id } }) => {
        ends.push([id, 'completed', undefined]);
        resolve();
      });
      ws.on('error', reject);
    });
    const input = '/wait 60ms\n/run look {} => seen\n/wait 10ms\n/say Rome';
    ws.send({ type: 'response.create', model: 'offline', input });
    await done;
    ws.close();
    assert.deepEqual(
      ends.map(([, ...end]) => end),
      [
        ['incomplete', 'steered'],
        ['completed', undefined],
      ],
    );
    assert.equal(ends[1]?.[0], successor);
  });
});
