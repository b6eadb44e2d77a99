import { once } from 'node:events';
import { WebSocket } from 'ws';
import { isObject } from '../../../src/json/is-object.ts';
import { tryParseJson } from '../../../src/json/try-parse-json.ts';
import { SocketChecker } from '../../helpers/contract-check.ts';
import type { FuzzCase } from '../fuzz-case.ts';
import { judgeError, judgeEvent } from '../judge.ts';
import { mutate, writeJson } from '../make-body.ts';
import { sampleBody } from '../sample-body.ts';
import { pickText, strangers } from '../values.ts';

/** Silence after which all messages are assumed to have arrived. */
const quietMs = 150;
const patienceMs = 10_000;
const terminal = /^(error|response\.(completed|failed|incomplete))$/;

/** Frames on a WebSocket: turns, mutated turns, binary, fragments, many at once, odd closes. */
export async function runFrameCase(fuzz: FuzzCase): Promise<void> {
  const { random, target } = fuzz;
  const url = `${target.url.replace('http', 'ws')}/v1/responses`;
  const headers = { authorization: `Bearer ${target.keys.a}` };
  const socket = new WebSocket(url, { headers, perMessageDeflate: random.once(4), handshakeTimeout: patienceMs });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'open'), once(socket, 'close')]);
  const shown = { method: 'GET', path: '/v1/responses' };
  if (socket.readyState !== WebSocket.OPEN) {
    fuzz.find(shown, 'a sound WebSocket handshake failed');
    return;
  }
  fuzz.mayAgentFail = true;
  const sent: string[] = [];
  const find = (fault: string, message = '') =>
    fuzz.find({ ...shown, body: Buffer.from(sent.join('\n')) }, fault, { status: 101, headers: {}, text: message });
  const messages = watchMessages(socket, find);
  for (let count = 1 + random(random.once(10) ? 60 : 3); count > 0; count--) sent.push(...sendFrame(fuzz, socket));
  await messages.quiet();
  await close(socket, random.once(3) ? random.pick([1000, 1001, 1008, 3000, 4999]) : undefined);
  fuzz.statuses.push(101);
}

/** Closes with a code, or without a close frame. */
async function close(socket: WebSocket, code: number | undefined): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = once(socket, 'close');
  if (code === undefined) socket.terminate();
  else socket.close(code, 'x');
  await closed;
}

interface Messages {
  /** Resolves once every turn has ended and nothing has come for a while, or the connection has closed. */
  quiet(): Promise<void>;
}

function watchMessages(socket: WebSocket, find: (fault: string, message?: string) => void): Messages {
  const checker = new SocketChecker();
  let lastAt = performance.now();
  let isOpenTurn = false;
  let isBroken = false;
  socket.on('message', (data) => {
    lastAt = performance.now();
    const text = data.toString();
    const message = tryParseJson(text);
    if (!isObject(message)) return find('a message that is not JSON', text);
    isOpenTurn = !terminal.test(`${message['type']}`);
    const faults = message['type'] === 'error' ? judgeError(message['error']) : judgeEvent(text);
    if (message['type'] === 'error' && message['status'] === 500) faults.push('status 500');
    try {
      // After one fault in a stream the next ones are its consequences.
      if (!isBroken) checker.message(text);
    } catch (error) {
      isBroken = true;
      faults.push(error instanceof Error ? error.message : String(error));
    }
    for (const fault of faults) find(fault, text);
  });
  socket.on('close', (code) => {
    if (code === 1011) find('closed with 1011');
  });
  return {
    async quiet() {
      const started = performance.now();
      while (socket.readyState === WebSocket.OPEN) {
        const now = performance.now();
        if (!isOpenTurn && now - lastAt > quietMs) return;
        if (now - started > patienceMs) return find('a turn without an end');
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  };
}

/** Sends one frame, or the fragments of one, and returns what it sent. */
function sendFrame(fuzz: FuzzCase, socket: WebSocket): string[] {
  const { random } = fuzz;
  if (socket.readyState !== WebSocket.OPEN) return [];
  const text = makeFrame(fuzz);
  switch (random(12)) {
    case 0:
      socket.send(Buffer.from(text), { binary: true });
      break;
    case 1: {
      const at = random(text.length);
      socket.send(text.slice(0, at), { fin: false });
      socket.send(text.slice(at), { fin: true });
      break;
    }
    case 2:
      socket.ping('x'.repeat(random(125)));
      return [];
    case 3:
      if (random.once(3)) rawWrite(socket, random.pick(brokenFrames));
      return [];
    case 4:
      socket.send(Buffer.from([0xff, 0xfe, 0xc3]), { binary: false });
      return ['(invalid UTF-8)'];
    default:
      socket.send(text);
  }
  return [text];
}

function makeFrame({ random }: FuzzCase): string {
  switch (random(8)) {
    case 0:
      return random.pick([
        '',
        '{}',
        '[]',
        'null',
        '{"type":"response.create"}',
        '{"type":"response.cancel"}',
        '{"type":1}',
        'x',
      ]);
    case 1:
      return JSON.stringify(random.pick(strangers)) ?? '';
    case 2: {
      const body = mutate(sampleBody('createResponse', random), random);
      return writeJson(isObject(body) ? { type: 'response.create', ...body } : body, random);
    }
    case 3:
      return JSON.stringify({
        type: 'response.create',
        input: 'a'.repeat(random.pick([10_000, 900_000])),
        store: false,
      });
    default:
      return JSON.stringify({
        type: 'response.create',
        input: pickText(random),
        store: random.once(2),
        generate: random.pick([true, undefined, false]),
      });
  }
}

/** Frames against the protocol: reserved bits and opcodes, a lie about the length, no mask, a fragmented ping. */
const brokenFrames = [
  [0xf1, 0x80, 0, 0, 0, 0],
  [0x83, 0x80, 0, 0, 0, 0],
  [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
  [0x81, 0x01, 0x41],
  [0x09, 0x80, 0, 0, 0, 0],
  [0x88, 0x81, 0, 0, 0, 0, 0x03],
  [0x00, 0x80, 0, 0, 0, 0],
];

function rawWrite(socket: WebSocket, bytes: number[]): void {
  // The package has no way to send what breaks the protocol.
  const { _socket: raw } = socket as unknown as { _socket?: { write(bytes: Buffer): void } };
  raw?.write(Buffer.from(bytes));
}
