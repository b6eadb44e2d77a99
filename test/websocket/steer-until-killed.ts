import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../helpers/random.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { connectSocket, type Message, type SocketClient } from './connect-socket.ts';

/** A response that was steered while its server was killed, as its client saw it. */
export interface SteeredRun {
  id: string | undefined;
  /** Whether the model may ask for a tool of the client. */
  hasCalls: boolean;
  /** The texts of the steers, in the order of their frames. */
  sent: string[];
  /** The ids of the accepted steers. */
  accepted: string[];
}

const tools = [{ type: 'function', name: 'look', parameters: { type: 'object' } }];

/** Scripts of answers: text, tools of the agent, and a call for the client. */
const scripts = [
  (random: Random) => `/tokens ${10 + random(60)} delay 4ms`,
  (random: Random) => `/wait ${random(150)}ms\n/run look {} => seen\n/wait ${random(150)}ms\n/say done`,
  (random: Random) => `/wait ${random(150)}ms\n/call look {}`,
];

/** Steers many responses of a server, and kills it at a random moment. */
export async function steerUntilKilled(
  settings: Record<string, string>,
  { random, runs }: { random: Random; runs: number },
): Promise<SteeredRun[]> {
  await using victim = await spawnTalaria(settings);
  // Warms up the checks of frames, so that the runs are quick.
  await using first = await connectSocket(victim.url);
  first.send({ type: 'response.steer', previous_response_id: 'resp_1', input: 'Hello' });
  await first.create({ input: 'Hello' });
  const steered = Array.from({ length: runs }, (_, index) => steerOne(victim.url, { random, index }));
  await pause(50 + random(400));
  await victim.kill('SIGKILL');
  return Promise.all(steered);
}

/** Steers one response until its connection breaks. */
async function steerOne(url: string, { random, index }: { random: Random; index: number }): Promise<SteeredRun> {
  const kind = random(scripts.length);
  const run: SteeredRun = { id: undefined, hasCalls: kind === 2, sent: [], accepted: [] };
  const input = scripts[kind]?.(random);
  const delays = Array.from({ length: random(3) }, () => random(150));
  let client: SocketClient | undefined;
  try {
    client = await connectSocket(url);
    client.send({ type: 'response.create', store: true, tools, input });
    for (;;) {
      const message = await client.next();
      if (message.type === 'response.created' && run.id === undefined) {
        run.id = message.response.id;
        void steer(run.id ?? '');
      }
      if (message.type === 'response.steer.accepted' && message.steer.previous_response_id === run.id) {
        run.accepted.push(message.steer.id);
      }
    }
  } catch {
    // The server was killed.
  }
  client?.socket.terminate();
  return run;

  async function steer(id: string): Promise<void> {
    for (const delay of delays) {
      await pause(delay);
      const text = `/say steer ${index}.${run.sent.length}`;
      run.sent.push(text);
      client?.send({ type: 'response.steer', previous_response_id: id, input: text });
    }
  }
}

/** Checks one response on a server that recovers it. Returns whether it accepted input. */
export async function checkSteered(run: SteeredRun, server: TestServer): Promise<boolean> {
  const parent = run.id === undefined ? undefined : await untilEnded(server, run.id);
  if (!parent) {
    assert.deepEqual(run.accepted, [], 'accepted input of a response that is gone');
    return false;
  }
  const accepted = await readAccepted(server, parent.id);
  assert.deepEqual(accepted.slice(0, run.accepted.length), run.accepted, 'the log lacks accepted input');
  const [first] = accepted;
  if (first === undefined) return false;
  const isSteered = parent.status === 'incomplete' && parent.incomplete_details?.reason === 'steered';
  assert.ok(parent.status === 'completed' || isSteered, `${parent.id} ended as ${parent.status}`);
  const expected = run.sent.slice(0, accepted.length);
  const id = first.replace('steer_', 'resp_');
  const call = parent.output.find(({ type }) => type === 'function_call');
  if (run.hasCalls && call?.type === 'function_call' && call.status === 'completed') {
    const answer = { type: 'function_call_output', call_id: call.call_id, output: 'seen' };
    const ids = [await continueParent(server, parent.id, answer), await continueParent(server, parent.id, answer)];
    assert.equal(ids[0], id, 'the next turn does not apply the input');
    assert.notEqual(ids[1], id, 'the input is applied twice');
  }
  const successor = await untilEnded(server, id);
  assert.equal(successor?.status, 'completed', `${parent.id} has no successor`);
  assert.equal(successor?.previous_response_id, parent.id);
  await readAccepted(server, id);
  assert.deepEqual(await inputOf(server, id), expected, 'other input was applied');
  return true;
}

/** Reads the log of a response, whose order and end the client checks. Returns the ids of the accepted steers. */
async function readAccepted({ openai }: TestServer, id: string): Promise<string[]> {
  const events: Message[] = await Array.fromAsync(await openai.responses.retrieve(id, { stream: true }));
  return events.filter(({ type }) => type === 'response.steer.accepted').map(({ steer }) => steer.id);
}

async function inputOf({ openai }: TestServer, id: string): Promise<string[]> {
  const { data } = await openai.responses.inputItems.list(id, { order: 'asc' });
  return data.flatMap((item) => {
    const part = item.type === 'message' ? item.content[0] : undefined;
    return part?.type === 'input_text' ? [part.text] : [];
  });
}

/** Continues a response on a new connection. Returns the id of the new response. */
async function continueParent(server: TestServer, parent: string, answer: object): Promise<string> {
  await using client = await connectSocket(server.url);
  const turn = await client.create({ store: true, tools, previous_response_id: parent, input: [answer] });
  assert.equal(turn.at(-1).type, 'response.completed');
  return turn.at(-1).response.id;
}

/** Returns a response once it has ended; `undefined`: it does not exist. */
export async function untilEnded({ openai }: TestServer, id: string) {
  for (;;) {
    const response = await openai.responses.retrieve(id).catch((error) => {
      if (error.status === 404) return undefined;
      throw error;
    });
    if (response?.status !== 'in_progress') return response;
    await pause(50);
  }
}
