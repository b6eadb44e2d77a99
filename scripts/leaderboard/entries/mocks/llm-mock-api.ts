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
  notes: ['One function of its own kind answers every request as the prompt asks.'],
};
