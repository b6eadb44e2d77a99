import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { judgeAudit } from '../../scripts/audit/judge-audit.ts';
import { repository } from '../packaging/packed-package.ts';

/** Runs the audit against a registry of the test. */
async function audit(answer: RequestListener): Promise<{ code: number; output: string }> {
  const registry = createServer(answer).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const address = registry.address();
  assert.ok(address !== null && typeof address === 'object');
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${address.port}/`,
    npm_config_fetch_retries: '0',
  };
  const child = spawn(process.execPath, ['scripts/audit.ts'], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  registry.closeAllConnections();
  registry.close();
  return { code, output };
}

const sendJson =
  (body: unknown): RequestListener =>
  (request, response) => {
    const isAudit = request.method === 'POST';
    request.resume();
    response
      .writeHead(isAudit ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(isAudit ? body : {}));
  };

test('the audit passes if the registry knows no vulnerability', async () => {
  const { code, output } = await audit(sendJson({}));
  assert.deepEqual({ code, output }, { code: 0, output: 'no known vulnerability of moderate severity or worse\n' });
});

test('the audit fails on a vulnerability of a production dependency, and names it', async () => {
  const advisory = {
    id: 1,
    url: 'https://example.org/1',
    title: 'Bad',
    severity: 'high',
    vulnerable_versions: '*',
    cwe: [],
  };
  const { code, output } = await audit(sendJson({ undici: [advisory] }));
  assert.equal(code, 1, output);
  assert.match(output, /^undici .*: high, Bad https:\/\/example\.org\/1$/m);
});

test('the audit reports that it was skipped if the registry refuses audit requests', async () => {
  const { code, output } = await audit((_request, response) => {
    response.writeHead(405).end();
  });
  assert.equal(code, 0);
  assert.match(output, /^skipped: the registry does not answer audit requests \(405 /);
});

test('a vulnerability of low severity does not fail the gate', () => {
  const report = { vulnerabilities: { a: { name: 'a', range: '*', severity: 'low', via: [] } } };
  assert.equal(judgeAudit(JSON.stringify(report)).kind, 'sound');
  assert.equal(judgeAudit('').kind, 'skipped');
});
