import { readFileSync } from 'node:fs';
import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

export const portkey: Entry = {
  name: 'portkey',
  title: 'Portkey gateway',
  kind: 'gateway',
  registry: 'npm',
  packages: ['@portkey-ai/gateway@1.15.2'],
  files: { 'start.mjs': readFileSync(new URL('portkey.mjs', import.meta.url), 'utf8') },
  command: [
    ...['node', 'start.mjs', '{port}', '{installed}/node_modules/@portkey-ai/gateway/build/start-server.js'],
    '{upstream}',
  ],
  ready: '/',
  key: upstreamKey,
  model: 'obedient',
  notes: [
    "It takes its upstream from headers, which a forwarder before it adds, and passes on its clients' keys.",
    'As installed, it answers streams and many of the replies that it passes on with 500: a TypeError of its own',
    '("immutable"), in Node 20 and 24. With other versions of its dependencies it may do better.',
  ],
};
