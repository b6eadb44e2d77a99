import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

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
  key: upstreamKey,
  model: 'obedient',
  options: [...['--header', 'x-portkey-provider: openai'], ...['--header', 'x-portkey-custom-host: {upstream}/v1']],
  notes: [
    "It takes its upstream from headers, and passes on its clients' keys.",
    'As installed, it answers streams and many of the replies that it passes on with 500: a TypeError of its own',
    '("immutable"), in Node 20 and 24. With other versions of its dependencies it may do better.',
  ],
};
