import type { Entry } from '../../entry.ts';

export const portkey: Entry = {
  name: 'portkey',
  title: 'Portkey gateway',
  kind: 'gateway',
  registry: 'npm',
  packages: ['@portkey-ai/gateway@1.15.2'],
  command: [
    'node',
    '{installed}/node_modules/@portkey-ai/gateway/build/start-server.js',
    '--headless',
    '--port={port}',
  ],
  ready: '/',
  model: 'obedient',
  notes: [],
};
