import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

export const smg: Entry = {
  name: 'smg',
  title: 'SMG (Shepherd Model Gateway)',
  kind: 'gateway',
  registry: 'PyPI',
  packages: ['smg==1.13.0'],
  command: [
    ...['smg', 'launch', '--host', '127.0.0.1', '--port', '{port}', '--backend', 'openai'],
    ...['--worker-urls', '{upstream}', '--history-backend', 'memory'],
  ],
  ready: '/health',
  key: upstreamKey,
  model: 'obedient',
  notes: ["It passes on its clients' keys."],
};
