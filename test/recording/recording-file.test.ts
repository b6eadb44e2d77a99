/** The recording as a file: what is in it, what survives, and what is refused. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readRecording } from '../../src/recording/read-recording.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { spawnRecorder } from '../record/spawn-recorder.ts';

const folder = mkdtempSync(join(tmpdir(), 'talaria-recordings-'));
after(() => rmSync(folder, { recursive: true }));

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('what ended is in the file when the process is killed, what runs is not, and the file can be continued', async () => {
  await using upstream = await startUpstream();
  const out = join(folder, 'killed.jsonl');
  const ask = (url: string, content: string) =>
    post(`${url}/chat/completions`, { model: 'm', stream: true, messages: [{ role: 'user', content }] });
  {
    await using recorder = await spawnRecorder(upstream.url, '--out', out);
    for (const word of ['one', 'two', 'three']) await (await ask(recorder.url, word)).text();
    await recorder.exchanges(3);
    const running = await ask(recorder.url, 'hang after 2');
    assert.equal(running.status, 200);
    await recorder.stop('SIGKILL');
    await running.text().catch(() => undefined);
  }
  const text = readFileSync(out, 'utf8');
  assert.ok(text.endsWith('}\n'));
  assert.deepEqual(
    readRecording(out).exchanges.map(({ exchange, ended }) => [exchange, ended]),
    [1, 2, 3].map((n) => [n, 'complete']),
  );
  await using again = await spawnRecorder(upstream.url, '--out', out);
  await (await ask(again.url, 'four')).text();
  await again.exchanges(4);
  const running = await ask(again.url, 'hang after 2');
  assert.equal(await again.stop('SIGINT'), 0, 'Ctrl+C does not wait for what runs');
  await running.text().catch(() => undefined);
  const exchanges = readRecording(out).exchanges;
  assert.deepEqual(
    exchanges.map(({ exchange }) => exchange),
    [1, 2, 3, 4, 5],
  );
  assert.equal(exchanges.at(-1)?.ended, 'stopped');
  assert.equal(exchanges.at(-1)?.response?.stream?.flatMap(({ events }) => events).length, 3, 'as far as it came');
  assert.ok(readFileSync(out, 'utf8').startsWith(text), 'what was there is still there');
});

test('only its owner may read it', async () => {
  await using upstream = await startUpstream();
  await using recorder = await spawnRecorder(upstream.url);
  assert.equal(statSync(recorder.file).mode & 0o077, 0);
});

test('secrets go over the wire and are neither in the file nor on the terminal', async () => {
  await using upstream = await startUpstream();
  await using recorder = await spawnRecorder(upstream.url, '--redact', 'Project \\w+');
  const secrets = [
    'header-secret-1',
    'cookie-secret-2',
    'query-secret-3',
    'sk-text-secret-4',
    'field-secret-5',
    'Project Phoenix',
    'sk-place-6',
  ];
  const body = {
    model: 'm',
    messages: [{ role: 'user', content: 'say sk-text-secret-4 of Project Phoenix' }],
    api_key: 'field-secret-5',
    tool_choice: 'sk-place-6',
    stream: true,
  };
  const headers = { authorization: 'Bearer header-secret-1', cookie: 'a=cookie-secret-2' };
  const reply = await (await post(`${recorder.url}/chat/completions`, body, headers)).text();
  assert.match(reply, /sk-text-secret-4/);
  const [seen] = upstream.requests;
  assert.deepEqual(seen?.body, body);
  assert.equal(seen?.headers.authorization, 'Bearer header-secret-1');
  assert.equal(seen?.headers.cookie, 'a=cookie-secret-2');
  await (await fetch(`${recorder.url}/models?key=query-secret-3`)).text();
  assert.equal(upstream.requests[1]?.path, '/v1/models?key=query-secret-3');
  await recorder.exchanges(2);
  await recorder.stop();
  assert.match(recorder.stderr(), /request tool_choice: /);
  const written = readFileSync(recorder.file, 'utf8') + recorder.stderr() + recorder.stdout();
  for (const secret of secrets) assert.ok(!written.includes(secret), `${secret} was written down`);
  assert.match(written, /say \[redacted\] of \[redacted\]/);
});

test('a key of no known shape is taken out where the client or the upstream repeats it, in pieces, too', async () => {
  await using upstream = await startUpstream({ apiKey: 'violet-umbrella' });
  await using recorder = await spawnRecorder(upstream.url, '--key', 'violet-umbrella');
  const body = (content: string) => ({ model: 'm', stream: true, messages: [{ role: 'user', content }] });
  const headers = { authorization: 'Bearer crimson-bicycle' };
  const ask = async (content: string) =>
    (await post(`${recorder.url}/chat/completions`, body(content), headers)).text();
  assert.match(await ask('say it was crimson-bicycle, I am sure'), /bicycle/);
  await ask('say our violet-umbrella');
  await recorder.exchanges(2);
  await recorder.stop();
  const written = readFileSync(recorder.file, 'utf8');
  for (const part of ['crimson', 'bicycle', 'violet', 'umbrella']) assert.ok(!written.includes(part), part);
  assert.match(written, /say it was \[redacted\], I am sure/);
});

test('a form is redacted as a query is', async () => {
  await using upstream = await startUpstream();
  await using recorder = await spawnRecorder(upstream.url);
  await fetch(`${recorder.url}/oauth/token`, { method: 'POST', body: new URLSearchParams('a=1&client_secret=hush') });
  const [exchange] = await recorder.exchanges(1);
  assert.equal(exchange?.request.text, 'a=1&client_secret=[redacted]');
});

test('a line that there was no room for leaves no trace, so that the next one can be read', (t) => {
  if (process.platform === 'win32') return t.skip('there is no limit of a file here that a shell sets');
  const out = join(folder, 'full.jsonl');
  const program = `
    import { openRecordingFile } from ${JSON.stringify(new URL('../../src/recording/recording-file.ts', import.meta.url))};
    const file = openRecordingFile(${JSON.stringify(out)}, 'http://a.example');
    const request = (bytes) => ({ method: 'GET', path: '/', headers: [], bytes: 0, text: 'x'.repeat(bytes) });
    for (const [index, bytes] of [10, 100_000, 20].entries()) {
      try {
        file.append({ exchange: index + 1, at: '', milliseconds: 0, request: request(bytes), ended: 'complete', violations: [] });
      } catch (reason) { console.log(reason.code); }
    }`;
  const { stdout } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 16; exec "$0" --input-type=module -e "$1"', process.execPath, program],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(stdout, 'EFBIG\n');
  assert.deepEqual(
    readRecording(out).exchanges.map(({ exchange }) => exchange),
    [1, 3],
  );
});

test('--key is sent in place of the key of the client, and to nobody but programs of this machine', async () => {
  await using upstream = await startUpstream({ apiKey: 'up-key-1' });
  await using recorder = await spawnRecorder(upstream.url, '--key', 'up-key-1');
  const models = (headers: Record<string, string>) => fetch(`${recorder.url}/models`, { headers });
  assert.equal((await models({ authorization: 'Bearer other' })).status, 200);
  assert.equal((await models({})).status, 200);
  assert.equal(upstream.requests.length, 2);
  assert.equal((await models({ origin: 'https://evil.example' })).status, 403);
  assert.equal((await models({ origin: 'http://localhost:3000' })).status, 200);
  const { status, stderr } = spawnSync(process.execPath, [
    main,
    'record',
    upstream.url,
    '--key',
    'k',
    '--host',
    '0.0.0.0',
  ]);
  assert.deepEqual([status, String(stderr).includes('--key')], [2, true]);
  assert.ok(!readFileSync(recorder.file, 'utf8').includes('up-key-1'));
});

describe('a command line that is off ends with code 2 and one line', () => {
  const wrong: [words: string[], line: RegExp][] = [
    [[], /^Say which API to record: .*\n$/],
    [['localhost:1234'], /^"localhost:1234" is not an http\(s\) URL\.\n$/],
    [['http://a.example/v1?key=1'], /^The URL takes no query/],
    [['http://u:p@a.example/v1'], /^The URL takes no query, fragment or credentials/],
    [['http://a.example', 'http://b.example'], /^There is no place for "http:\/\/b.example"/],
    [['http://a.example', '--port', 'x'], /^--port x is not a port\.\n$/],
    [['http://a.example', '--redact', '('], /^--redact \( is not a regular expression\.\n$/],
  ];
  for (const [words, line] of wrong) {
    test(words.join(' ') || 'no URL', () => {
      const { status, stderr } = spawnSync(process.execPath, [main, 'record', ...words], {
        encoding: 'utf8',
        cwd: folder,
      });
      assert.equal(status, 2);
      assert.match(stderr, line);
    });
  }

  test('a file that is something else is not touched', () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'my notes\n');
    const { status, stderr } = spawnSync(process.execPath, [main, 'record', 'http://a.example', '--out', file], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [1, `talaria record: ${file}, line 1 is not a JSON object.\n`]);
    assert.equal(readFileSync(file, 'utf8'), 'my notes\n');
  });
});

describe('a recording that can not be read says in which line', () => {
  const header = '{"talaria":"recording","version":1,"upstream":"http://x","created":"2026-11-25T00:00:00.000Z"}';
  const broken: [name: string, text: string, complaint: string][] = [
    ['empty', '', 'line 1 is not the header of a recording: {"talaria":"recording","version":1,…}.'],
    [
      'another kind of file',
      '{"a":1}\n',
      'line 1 is not the header of a recording: {"talaria":"recording","version":1,…}.',
    ],
    ['a newer version', header.replace('1', '2'), 'line 1 has format version 2. Expected version 1.'],
    ['a cut line', `${header}\n{"exchange":1,`, 'line 2 is not a JSON object.'],
    ['a line of something else', `${header}\n[]\n`, 'line 2 is not a JSON object.'],
    ['no exchange', `${header}\n{"a":1}\n`, 'line 2 is not an exchange.'],
    ['no request', `${header}\n{"exchange":1,"ended":"complete"}\n`, 'line 2 has no request with a method and a path.'],
    [
      'no status',
      `${header}\n{"exchange":1,"ended":"complete","request":{"method":"GET","path":"/"},"response":{}}\n`,
      'line 2 has a response without a status.',
    ],
    [
      'an odd stream',
      `${header}\n{"exchange":1,"ended":"complete","request":{"method":"GET","path":"/"},"response":{"status":200,"stream":[1]}}\n`,
      'line 2 has a stream that is not a list of reads with their events.',
    ],
  ];
  for (const [name, text, complaint] of broken) {
    test(name, () => {
      const file = join(folder, 'broken.jsonl');
      writeFileSync(file, text);
      assert.throws(() => readRecording(file), { message: `${file}, ${complaint}` });
    });
  }
  test('one that is not there', () => {
    const file = join(folder, 'nowhere.jsonl');
    assert.throws(() => readRecording(file), { message: `failed to read the recording ${file} (ENOENT).` });
  });
});
