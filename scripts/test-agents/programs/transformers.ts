import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../../test/helpers/find-free-port.ts';
import { startChild } from '../child.ts';
import type { AgentProgram, RunningAgent } from '../program.ts';
import { packageVersion, preparePython } from '../python-environment.ts';
import { runCommand } from '../run-command.ts';

const isRandom = 'The random model writes nonsense, and the server ignores the format.';

/** `transformers serve` with a tiny random model. */
export const transformers: AgentProgram = {
  name: 'transformers',
  title: 'Hugging Face (`transformers serve`)',
  model: 'random',
  tools: 'accepted',
  limitations: { 'structured output': isRandom },
  start: ({ installed }) => startTransformers(installed, {}),
};

/** The same through its Responses API. */
export const transformersResponses: AgentProgram = {
  ...transformers,
  name: 'transformers-responses',
  title: 'Hugging Face (`transformers serve`, `api: responses`)',
  start: ({ installed }) => startTransformers(installed, { AGENT_API: 'responses' }),
};

async function startTransformers(installed: string, settings: Record<string, string>): Promise<RunningAgent> {
  const environment = await preparePython({
    folder: installed,
    name: 'transformers',
    // Without its dependencies torch needs a tenth of the space: they are libraries for GPUs.
    packages: [
      ['transformers[serving]', 'tokenizers', 'sympy', 'networkx', 'jinja2', 'fsspec', 'filelock'],
      ['--no-deps', 'torch'],
    ],
    proof: 'bin/torchrun',
  });
  const version = await packageVersion(environment, 'transformers');
  // The model's id is the argument as it is written: a relative path.
  const id = 'tiny-random-llama';
  const folder = join(installed, id);
  const script = fileURLToPath(new URL('../models/make_llama.py', import.meta.url));
  if (!existsSync(join(folder, 'config.json'))) {
    await runCommand(join(environment, 'bin', 'python'), [script, folder], { timeoutMs: 120_000 });
  }
  const port = await findFreePort();
  const child = await startChild({
    command: join(environment, 'bin', 'transformers'),
    args: ['serve', id, '--host', '127.0.0.1', '--port', `${port}`, '--device', 'cpu'],
    cwd: installed,
    env: { HF_HUB_OFFLINE: '1', HF_HUB_DISABLE_TELEMETRY: '1' },
    readyUrl: `http://127.0.0.1:${port}/health`,
  });
  return {
    version,
    settings: { AGENT_URL: `http://127.0.0.1:${port}/v1`, ...settings },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
