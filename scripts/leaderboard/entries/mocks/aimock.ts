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
  notes: ['One function of its own kind answers every request as the prompt asks.'],
};
