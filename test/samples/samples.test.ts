import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expectedOutputs } from './expected-outputs.ts';
import { runReceiver } from './run-receiver.ts';
import { operationIds, sampleFiles, sampleLanguages, webhooks } from './sample-files.ts';
import { type SampleServer, sampleEnvironment, startSampleServer } from './sample-server.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const folder = new URL('../../docs/samples/', import.meta.url);
const all = [...operationIds, ...webhooks.keys()].sort();

test('every operation and webhook has a sample in each language, and an expected output', () => {
  assert.deepEqual(readdirSync(folder).sort(), all);
  assert.deepEqual(Object.keys(expectedOutputs).sort(), all);
  const missing = all.flatMap((operationId) =>
    sampleLanguages
      .map((language) => `${operationId}/${sampleFiles[language]}`)
      .filter((path) => !existsSync(new URL(path, folder))),
  );
  assert.deepEqual(missing, []);
});

describe('the samples', () => {
  let server: SampleServer;
  let directory: string;
  before(async () => {
    server = await startSampleServer();
    directory = await mkdtemp(join(tmpdir(), 'talaria-samples-'));
    await symlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
    await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const write = async (operationId: string, language: 'typescript'): Promise<string> => {
    const path = join(directory, operationId, sampleFiles[language]);
    await mkdir(join(directory, operationId), { recursive: true });
    await writeFile(path, server.read(operationId, language));
    return path;
  };
  /** Runs a sample of curl. An error status fails it; plain curl would print the body and succeed. */
  const runCurl = async (operationId: string): Promise<string> => {
    const script = `set -euo pipefail\ncurl() { command curl -sS --fail-with-body "$@"; }\n${server.read(operationId, 'curl')}`;
    return (await run('bash', ['-c', script], { env: sampleEnvironment })).stdout;
  };

  test('in TypeScript run, and print what is expected', async (context) => {
    await server.ask(2);
    const paths = await Promise.all(operationIds.map((operationId) => write(operationId, 'typescript')));
    const driver = fileURLToPath(new URL('./import-samples.ts', import.meta.url));
    const { stdout } = await run(process.execPath, [driver, ...paths], { env: sampleEnvironment });
    const outputs = stdout.trim().split('\n');
    assert.equal(outputs.length, operationIds.length);
    for (const [index, operationId] of operationIds.entries()) {
      await context.test(operationId, () => {
        assert.match(JSON.parse(outputs[index] ?? '').output, expectedOutputs[operationId] ?? /^$/);
      });
    }
  });

  test('in curl run, and print what is expected', async (context) => {
    if (await lacksCurl()) return context.skip('curl or jq is missing');
    await server.ask(2);
    for (const operationId of operationIds) {
      await context.test(operationId, async () => {
        assert.match(await runCurl(operationId), expectedOutputs[operationId] ?? /^$/);
      });
    }
  });

  test('that receive webhooks print them, caused by those in curl', async (context) => {
    if (await lacksCurl()) return context.skip('curl or jq is missing');
    for (const [operationId, port] of server.ports) {
      await context.test(operationId, async () => {
        const path = await write(operationId, 'typescript');
        const cause = () => runCurl(operationId);
        const line = await runReceiver({ command: [process.execPath, path], cwd: directory, port, cause });
        assert.match(line, expectedOutputs[operationId] ?? /^$/);
      });
    }
  });
});

/** Whether a program that the samples in curl need is missing. */
function lacksCurl(): Promise<boolean> {
  return run('bash', ['-c', 'command -v curl && command -v jq']).then(
    () => false,
    () => true,
  );
}
