import type { Entry } from '../../entry.ts';

export const transformers: Entry = {
  name: 'transformers',
  title: "Hugging Face's `transformers serve`",
  kind: 'model server',
  registry: 'PyPI',
  packages: [...['transformers[serving]==5.24.0', 'tokenizers', 'sympy', 'networkx', 'jinja2', 'fsspec', 'filelock']],
  // Without its dependencies torch needs a tenth of the space: they are libraries for GPUs.
  bare: ['torch==2.15.0'],
  steps: [['python', '{scripts}test-agents/models/make_llama.py', 'tiny-random-llama']],
  command: [
    ...['transformers', 'serve', 'tiny-random-llama', '--host', '127.0.0.1', '--port', '{port}', '--device', 'cpu'],
  ],
  env: { HF_HUB_OFFLINE: '1', HF_HUB_DISABLE_TELEMETRY: '1' },
  ready: '/health',
  model: 'tiny-random-llama',
  notes: [
    'Its model is tiny and random: it writes nonsense and follows no prompt, so audits that need its help are inconclusive.',
  ],
};
