import type { Entry } from '../../entry.ts';

export const transformers: Entry = {
  name: 'transformers',
  title: "Hugging Face's `transformers serve`",
  kind: 'model server',
  registry: 'PyPI',
  packages: [...['transformers[serving]==5.24.0', 'tokenizers', 'sympy', 'networkx', 'jinja2', 'fsspec', 'filelock']],
  // Without its dependencies torch needs a tenth of the space: they are libraries for GPUs.
  bare: ['torch==2.15.0'],
  steps: [
    ['python', '{scripts}test-agents/models/make_llama.py', 'tiny-random-llama'],
    ['python', 'shorten.py'],
  ],
  files: {
    // The server generates 1,024 tokens at least, which takes a random model many seconds.
    'shorten.py': `import json
path = "tiny-random-llama/generation_config.json"
config = json.load(open(path))
config["exponential_decay_length_penalty"] = [10, 1.6]
json.dump(config, open(path, "w"))
`,
  },
  command: [
    ...['transformers', 'serve', 'tiny-random-llama', '--host', '127.0.0.1', '--port', '{port}', '--device', 'cpu'],
  ],
  env: { HF_HUB_OFFLINE: '1', HF_HUB_DISABLE_TELEMETRY: '1' },
  ready: '/health',
  options: ['--timeout', '60', '--parallel', '2'],
  model: 'tiny-random-llama',
  notes: [
    'Its model is tiny and random: it writes nonsense and follows no prompt, so audits that need its help are inconclusive.',
  ],
};
