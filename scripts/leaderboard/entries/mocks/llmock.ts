import type { Entry } from '../../entry.ts';

export const llmock: Entry = {
  name: 'llmock',
  title: 'LLMock',
  kind: 'mock',
  registry: 'PyPI',
  packages: ['llmock==0.2.2'],
  command: [
    ...['llmock', 'serve', '--host', '127.0.0.1', '--port', '{port}', '--response-style', 'echo'],
    ...['--tool-mode', 'auto', '--stream-chunk-delay-ms', '10'],
  ],
  ready: '/health',
  model: 'gpt-4o',
  notes: [
    'It echoes the message, and calls an offered tool on its own. No setting makes it follow an instruction, or end at a limit.',
  ],
};
