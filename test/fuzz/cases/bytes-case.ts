import type { FuzzCase } from '../fuzz-case.ts';
import { readFirstAnswer, sendBytes } from '../send-bytes.ts';
import { pickId, pickText } from '../values.ts';

const headers = [
  'Expect: 100-continue',
  'Expect: nonsense',
  'Content-Length: 5',
  'Content-Length: 999999999',
  'Content-Length: -1',
  'Content-Length: 1, 2',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: nonsense',
  'Connection: close',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Version: 99',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99',
  'Host: evil.example',
  'Host: 127.0.0.1:99999',
  'Host:',
  'Origin: null',
  'Origin: http://evil.example',
  'Access-Control-Request-Method: DELETE',
  'Authorization: Basic eDp5',
  'Authorization: Bearer',
  'Authorization: Bearer x y z',
  'Idempotency-Key: ',
  'Idempotency-Key: \xe9\xff',
  `Idempotency-Key: ${'k'.repeat(256)}`,
  'Content-Type: application/json',
  'Content-Encoding: gzip',
  'Accept: nothing/at-all',
  'Accept-Encoding: *;q=0',
  'Range: bytes=0-1',
  'If-None-Match: *',
  'Cookie: a=b',
  'X-Forwarded-For: ::1',
  `X-Long: ${'x'.repeat(20_000)}`,
  'X-Empty:',
  ': no name',
  'no colon',
  ' folded: x',
  'X-NUL: a\u0000b',
  'Last-Event-ID: -1',
];

/** Request lines and headers as bytes on a socket: lies about lengths, odd headers, what is no HTTP at all. */
export async function runBytesCase(fuzz: FuzzCase): Promise<void> {
  const { random, target } = fuzz;
  const method = random.pick(['GET', 'POST', 'POST', 'DELETE', 'PUT', 'get', 'OPTIONS', 'CONNECT', 'FOO', '']);
  const path = random.pick([
    '/v1/responses',
    '/v1/chat/completions',
    '/v1/models',
    '/health',
    `/v1/responses/${pickId(random)}`,
    '*',
    'http://x/v1/models',
    '/v1/models\u0001',
    '/é',
    '',
  ]);
  const version = random.once(8)
    ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/1.9', 'HTTP/0.9', 'HTP/1.1', ''])
    : 'HTTP/1.1';
  const host = new URL(target.url).host;
  const own = random.once(10) ? [] : [`Host: ${host}`];
  const key = random.once(5) ? [] : [`Authorization: Bearer ${target.keys.a}`];
  const odd = Array.from({ length: random.once(30) ? 3_000 : random(5) }, () => random.pick(headers));
  const body = makeBody(fuzz);
  const length =
    random.once(3) || method === 'GET'
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  const newline = random.once(15) ? '\n' : '\r\n';
  const head = [`${method} ${path} ${version}`, ...own, ...key, ...length, ...odd].join(newline);
  const bytes = Buffer.from(`${head}${newline}${newline}${body}`, random.once(2) ? 'latin1' : 'utf8');
  const pieces = random.once(4) ? cut(bytes, random(bytes.length)) : [bytes];
  if (random.once(25)) pieces.reverse();
  fuzz.mayAgentFail = true;
  const answered = readFirstAnswer(await sendBytes(target.url, pieces));
  const shown = { method, path, body: Buffer.from(bytes.subarray(0, 1_500)) };
  // No answer is a fair answer to broken bytes, and half a request is still being waited for.
  if (answered === undefined) return;
  if (Number.isNaN(answered.status)) fuzz.find(shown, 'an answer that is not HTTP', answered);
  else if (method === 'OPTIONS' || answered.status === 101) fuzz.statuses.push(answered.status);
  else fuzz.judge(shown, answered, true);
}

const cut = (bytes: Buffer, at: number): Buffer[] => [bytes.subarray(0, at), bytes.subarray(at)];

function makeBody({ random }: FuzzCase): string {
  switch (random(5)) {
    case 0:
      return '';
    case 1:
      return '5\r\nhello\r\n0\r\n\r\n';
    case 2:
      return `ffffffffffffffff\r\nx\r\n${'0'.repeat(100)}\r\n`;
    case 3:
      return JSON.stringify({ input: pickText(random), messages: [{ role: 'user', content: '/say x' }] });
    default:
      return JSON.stringify({ input: '/say x', messages: [{ role: 'user', content: '/say x' }] });
  }
}
