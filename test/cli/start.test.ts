import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The files that the server loaded for a request. */
interface Loaded {
  status: number;
  files: string[];
}

const requests = [
  ['POST', '/v1/conversations', { metadata: { topic: 'start' } }],
  ['GET', '/v1/responses/resp_unknown'],
  ['GET', '/openapi.json'],
  ['UPGRADE', '/v1/responses'],
  ['GET', '/metrics'],
];

describe('a server loads', () => {
  let atStart: Loaded;
  let ofBody: Loaded;
  let ofParameters: Loaded;
  let ofSite: Loaded;
  let ofUpgrade: Loaded;
  let ofMetrics: Loaded;
  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'talaria-start-'));
    const program = fileURLToPath(new URL('start-program.ts', import.meta.url));
    const child = fork(program, [join(folder, 'store.db'), ...requests.map((words) => JSON.stringify(words))]);
    const replies: Loaded[] = [];
    child.on('message', (reply: Loaded) => replies.push(reply));
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    await rm(folder, { recursive: true });
    const [first, second, third, fourth, fifth, sixth] = replies;
    assert.ok(first && second && third && fourth && fifth && sixth);
    [atStart, ofBody, ofParameters, ofSite, ofUpgrade, ofMetrics] = [first, second, third, fourth, fifth, sixth];
  });

  test('for the first /health only what it needs', () => {
    assert.equal(atStart.status, 200);
    const packages = packagesOf(atStart);
    assert.ok(packages.has('express') && packages.has('better-sqlite3'), 'the list is complete');
    const rare = ['ajv', 'express-openapi-validator', 'yaml', 're2js', 'compression', 'swagger-ui-express', 'pg', 'ws'];
    const others = ['gpt-tokenizer', 'liquidjs', '@modelcontextprotocol/client', '@opentelemetry/sdk-trace-base'];
    assert.deepEqual(
      [...rare, ...others].filter((name) => packages.has(name)),
      [],
    );
    assert.ok(!atStart.files.some((file) => file.endsWith('/undici/index.js')), 'of undici only the pool');
    const rooms = /\/src\/(doctor|verify|record|judge|contract\/parameter-handlers|http\/pages\/create-site)\b/;
    assert.deepEqual(
      atStart.files.filter((file) => rooms.test(file)),
      [],
    );
  });

  test('for the first body Ajv alone', () => {
    assert.equal(ofBody.status, 200);
    assert.ok(packagesOf(ofBody).has('ajv'));
    assert.ok(!packagesOf(ofBody).has('express-openapi-validator'));
  });

  test('for the first parameter express-openapi-validator', () => {
    assert.equal(ofParameters.status, 404);
    assert.ok(packagesOf(ofParameters).has('express-openapi-validator'));
  });

  test('for the first page the site', () => {
    assert.equal(ofSite.status, 200);
    assert.ok(packagesOf(ofSite).has('compression'));
  });

  test('for the first WebSocket its library', () => {
    assert.deepEqual([ofUpgrade.status, packagesOf(ofUpgrade).has('ws')], [101, true]);
  });

  test('for the first scrape prom-client, with the API of OpenTelemetry', () => {
    assert.equal(ofMetrics.status, 200);
    const watching = ['prom-client', '@opentelemetry/api'];
    const loadedBy = (reply: Loaded) => watching.filter((name) => packagesOf(reply).has(name));
    assert.deepEqual(loadedBy(ofMetrics), watching);
    assert.deepEqual([atStart, ofBody, ofParameters, ofSite, ofUpgrade].flatMap(loadedBy), []);
  });
});

/** Returns the names of the packages whose files were loaded. */
function packagesOf({ files }: Loaded): Set<string> {
  const names = files.map((file) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}
