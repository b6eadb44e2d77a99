import { readFileSync } from 'node:fs';
import type { Entry } from '../../entry.ts';

export const aimock: Entry = {
  name: 'aimock',
  title: 'aimock',
  kind: 'mock',
  registry: 'npm',
  packages: ['@copilotkit/aimock@1.43.0'],
  files: { 'serve.mjs': readFileSync(new URL('aimock.mjs', import.meta.url), 'utf8') },
  steps: [['ln', '-s', '{installed}/node_modules', 'node_modules']],
  command: ['node', 'serve.mjs', '{port}'],
  ready: '/v1/models',
  model: 'gpt-4o',
  notes: [
    'A function of ours, printed below, answers each request as its prompt asks. The history of a continued response does not reach it.',
  ],
};
