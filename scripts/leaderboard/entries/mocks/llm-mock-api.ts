import { readFileSync } from 'node:fs';
import type { Entry } from '../../entry.ts';

export const llmMockApi: Entry = {
  name: 'llm-mock-api',
  title: 'llm-mock-api',
  kind: 'mock',
  registry: 'PyPI',
  packages: ['llm-mock-api==0.1.2'],
  files: { 'serve.py': readFileSync(new URL('llm-mock-api.py', import.meta.url), 'utf8') },
  command: ['python', 'serve.py', '{port}'],
  ready: '/history',
  model: 'gpt-4o',
  notes: [
    'A function of ours, printed below, answers each request as its prompt asks. It can set neither a finish reason nor the history of a continued response.',
  ],
};
