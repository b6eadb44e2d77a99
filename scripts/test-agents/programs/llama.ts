import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../../test/helpers/find-free-port.ts';
import { startChild } from '../child.ts';
import type { AgentProgram } from '../program.ts';
import { packageVersion, preparePython } from '../python-environment.ts';
import { runCommand } from '../run-command.ts';

/** llama.cpp's Python server with a tiny random model. */
export const llama: AgentProgram = {
  name: 'llama',
  title: 'llama.cpp (`llama_cpp.server`)',
  model: 'random',
  tools: 'forced',
  limitations: {
    'structured output': 'The server takes `json_object` without a schema, and a random model follows no prompt.',
  },
  async start({ installed }) {
    const environment = await preparePython({
      folder: installed,
      name: 'llama',
      packages: [['llama-cpp-python[server]', 'gguf', 'numpy']],
      proof: 'bin/gguf-dump',
    });
    const version = await packageVersion(environment, 'llama-cpp-python');
    const python = join(environment, 'bin', 'python');
    const file = join(installed, 'tiny-random.gguf');
    const script = fileURLToPath(new URL('../models/make_gguf.py', import.meta.url));
    if (!existsSync(file)) await runCommand(python, [script, file], { timeoutMs: 60_000 });
    const port = await findFreePort();
    const child = await startChild({
      command: python,
      args: [
        ...['-m', 'llama_cpp.server', '--model', file, '--model_alias', 'tiny', '--n_ctx', '4096'],
        ...['--host', '127.0.0.1', '--port', `${port}`, '--chat_format', 'chatml-function-calling'],
      ],
      cwd: installed,
      readyUrl: `http://127.0.0.1:${port}/v1/models`,
    });
    return {
      version,
      settings: {
        AGENT_URL: `http://127.0.0.1:${port}/v1`,
        AGENT_MAX_RUNS: '1',
        AGENT_STRUCTURED_OUTPUTS: 'json_object',
        AGENT_UPSTREAM_STREAM: 'when_streamed',
      },
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  },
};
