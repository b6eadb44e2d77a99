import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type Fence, readFences } from './fences.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const address = 'http://127.0.0.1:8642';
const socketAddress = 'ws://127.0.0.1:8642';

/** How to run an example, and a probe for its requirements. */
const runners: Record<string, { program: string; probe(text: string): string[]; file: string }> = {
  sh: { program: 'bash', probe: () => ['-c', 'command -v curl'], file: 'example.sh' },
  js: { program: process.execPath, probe: () => ['--version'], file: 'example.mjs' },
  python: { program: 'python3', probe: (text) => ['-c', listImports(text)], file: 'example.py' },
};

/** Returns the imports of a Python program. */
const listImports = (text: string): string => (text.match(/^(?:from|import) \w.*$/gm) ?? []).join('; ');

/** Makes curl fail on error statuses, where it would otherwise print the body and succeed. */
const strictCurl = 'set -euo pipefail\ncurl() { command curl -sS --fail-with-body "$@"; }\n';

export interface ExampleServer {
  start(): Promise<TestServer>;
  /** Adapts an example, and its output, to this machine. */
  adapt(text: string): string;
}

/** Whether an example sends a request to the server. */
const callsServer = ({ text }: Fence): boolean =>
  [`${address}/v1`, `${address}/admin/v1`, `${socketAddress}/v1`].some((url) => text.includes(url));

const plainServer: ExampleServer = { start: () => startTalaria(), adapt: (text) => text };

/** Runs every example of a document that calls a server, against a new one, and compares its output. */
export function testExamples(name: string, markdown: string, { start, adapt }: ExampleServer = plainServer): void {
  const fences = readFences(markdown);
  describe(`the examples of ${name}`, () => {
    let server: TestServer;
    let directory: string;
    before(async () => {
      server = await start();
      directory = await mkdtemp(join(tmpdir(), 'talaria-examples-'));
      await symlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    });

    for (const [index, fence] of fences.entries()) {
      const runner = runners[fence.language];
      if (!runner || !callsServer(fence) || fence.text.includes('npm start')) continue;
      test(`${fence.language} example ${index} of ${name} runs, and prints the documented output`, async (context) => {
        const { program, probe, file } = runner;
        if (fence.text.includes('jq ') && !(await succeeds('jq', ['--version']))) return context.skip('jq is missing');
        const words = probe(fence.text);
        if (!(await succeeds(program, words))) return context.skip(`${program} ${words.join(' ')} fails here`);
        const text = (fence.language === 'sh' ? strictCurl : '') + toServer(adapt(fence.text), server.url);
        await writeFile(join(directory, file), text);
        const { stdout } = await run(program, [file], { cwd: directory });
        const expected = expectedOutput(fences, index);
        assertOutput(stdout, fence, expected === undefined ? undefined : adapt(expected));
      });
    }
  });
}

/** Replaces the addresses in an example by those of a server. */
const toServer = (text: string, url: string): string =>
  text.replaceAll(address, url).replaceAll(socketAddress, url.replace('http', 'ws'));

function assertOutput(stdout: string, { language }: Fence, expected: string | undefined): void {
  if (expected !== undefined) assert.equal(stdout.trim(), expected.trim());
  else assert.match(stdout, language === 'sh' ? /"status":"completed"|data: \[DONE\]/ : /^$/);
}

/** Returns the output block after an example. Examples in several languages that follow each other share it. */
function expectedOutput(fences: Fence[], index: number): string | undefined {
  const next = fences[index + 1];
  if (next?.language === 'text') return next.text;
  return next?.follows && Object.hasOwn(runners, next.language) ? expectedOutput(fences, index + 1) : undefined;
}

function succeeds(program: string, words: string[]): Promise<boolean> {
  return run(program, words).then(
    () => true,
    () => false,
  );
}
