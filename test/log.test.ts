import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

/** A log writes to standard error, so it runs in a child process. */
function log(level: string, statement: string): string {
  const script = `import { createLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
    const log = createLog('${level}'); ${statement}`;
  const { stderr, stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  assert.equal(status, 0, String(stderr));
  assert.equal(String(stdout), '', 'standard output stays free');
  return String(stderr);
}

test('fields with secrets are redacted at any level', () => {
  const headers =
    '{ authorization: "Bearer sk-1", cookie: "sk-2", "x-api-key": "sk-3", "proxy-authorization": "sk-4" }';
  const text = log(
    'info',
    `log.info({ headers: ${headers}, request: { headers: ${headers} }, key: 'sk-5', config: { key: 'sk-6' },
      apiKey: 'sk-7', agent: { apiKey: 'sk-8' }, kept: 'this' }, 'line');`,
  );
  const line = JSON.parse(text);
  assert.doesNotMatch(text, /sk-/);
  assert.equal(line.headers.authorization, '[secret]');
  assert.equal(line.agent.apiKey, '[secret]');
  assert.equal(line.kept, 'this');
});

test('writes only lines of its level and above', () => {
  const statement = "log.info('low'); log.warn('middle'); log.error('high');";
  assert.deepEqual(
    log('warn', statement)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg),
    ['middle', 'high'],
  );
  assert.equal(log('silent', statement), '');
});

test('the lines of a turn are written together, in order, and before the process exits', () => {
  const statement = `const { writeSync } = await import('node:fs');
    log.info('first'); log.info('second'); writeSync(2, 'turn\\n');`;
  const lines = log('info', statement).trim().split('\n');
  assert.deepEqual(lines.map(toMessage), ['turn', 'first', 'second']);
});

test('flush writes the lines before a process is ended within a turn', () => {
  const statement = "process.on('exit', () => log.flush()); log.error('last words'); process.exit(0);";
  assert.deepEqual(log('info', statement).trim().split('\n').map(toMessage), ['last words']);
});

const toMessage = (line: string): unknown => (line.startsWith('{') ? JSON.parse(line).msg : line);
