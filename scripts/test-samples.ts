/**
 * `npm run test:samples [-- --only python,go]`: runs the samples of docs/samples in Python and Go against a server, and
 * checks what they print. OpenAI's packages come from their registries, into dist-sdk/samples. `npm test` runs the
 * samples in TypeScript and curl.
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { expectedOutputs } from '../test/samples/expected-outputs.ts';
import { runReceiver } from '../test/samples/run-receiver.ts';
import { operationIds, webhooks } from '../test/samples/sample-files.ts';
import { type SampleServer, sampleEnvironment, startSampleServer } from '../test/samples/sample-server.ts';

/** How to run the samples of one language, in its own folder. */
interface Language {
  name: 'python' | 'go';
  /** Prepares the folder. Each command is split at its spaces. */
  install: string[];
  /** Where to write the sample of an operation. */
  file(operationId: string): string;
  /** Compiles all samples, if the language needs it. */
  build?: string;
  command(operationId: string): [program: string, ...words: string[]];
}

const languages: Language[] = [
  {
    name: 'python',
    install: [
      'python3 -m venv venv',
      'venv/bin/pip install --quiet --disable-pip-version-check openai==3.57.0 httpx==0.28.1',
    ],
    file: (operationId) => `${operationId}.py`,
    command: (operationId) => ['venv/bin/python', `${operationId}.py`],
  },
  {
    name: 'go',
    install: ['go get github.com/openai/openai-go/v3@v3.99.0'],
    file: (operationId) => `${operationId}/main.go`,
    // Without symbols, linking is faster.
    build: 'go build -ldflags=-s -o programs/ ./...',
    command: (operationId) => [`programs/${operationId}`],
  },
];

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../dist-sdk/samples/', import.meta.url));
const all = [...operationIds, ...webhooks.keys()];
const { values } = parseArgs({ options: { only: { type: 'string', default: 'python,go' } } });
const chosen = languages.filter(({ name }) => values.only.split(',').includes(name));
if (chosen.length === 0) throw new Error('--only must name at least one of python, go.');

await using server = await startSampleServer();
const failures: string[] = [];
const rows = new Map(all.map((operationId) => [operationId, [operationId]]));
for (const language of chosen) {
  const folder = join(root, language.name);
  await prepare(language, folder, server);
  await server.ask(2);
  for (const operationId of all) {
    const started = performance.now();
    const output = await runSample(language, operationId, folder, server).catch(String);
    const passed = expectedOutputs[operationId]?.test(output.trim());
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    rows.get(operationId)?.push(passed ? `${seconds} s` : 'FAILED');
    if (!passed) failures.push(`${operationId} in ${language.name} printed:\n${output}`);
  }
}
console.log(['operation', ...chosen.map(({ name }) => name)].map((cell) => cell.padEnd(30)).join(''));
for (const cells of rows.values()) console.log(cells.map((cell) => cell.padEnd(30)).join(''));
console.log(`\n${all.length * chosen.length} samples, ${failures.length} failed`);
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;

async function prepare({ name, install, file, build }: Language, folder: string, server: SampleServer): Promise<void> {
  console.log(`▶ ${name}`);
  await mkdir(folder, { recursive: true });
  if (name === 'go') await writeFile(join(folder, 'go.mod'), 'module talaria.test/samples\n\ngo 1.24\n');
  for (const command of install) await runCommand(command, folder);
  for (const operationId of all) {
    const path = join(folder, file(operationId));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, server.read(operationId, name));
  }
  if (build) await runCommand(build, folder);
}

async function runSample(
  language: Language,
  operationId: string,
  folder: string,
  server: SampleServer,
): Promise<string> {
  const command = language.command(operationId);
  const [program, ...words] = command;
  const path = join(folder, program);
  const port = server.ports.get(operationId);
  if (port === undefined) {
    return (await execute(path, words, { cwd: folder, env: sampleEnvironment })).stdout;
  }
  const cause = () => execute('bash', ['-c', server.read(operationId, 'curl')]);
  return await runReceiver({ command: [path, ...words], cwd: folder, port, cause });
}

async function runCommand(command: string, cwd: string): Promise<void> {
  const [program = '', ...words] = command.split(' ');
  await execute(program, words, { cwd });
}
