import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

export const agenticApi: Entry = {
  name: 'agentic-api',
  title: 'Agentic API',
  kind: 'gateway',
  registry: 'PyPI',
  packages: ['agentic-api==0.9.0'],
  command: ['agentic-api', 'serve', '--vllm-base-url', '{upstream}', '--host', '127.0.0.1', '--port', '{port}'],
  ready: '/health',
  key: upstreamKey,
  model: 'obedient',
  notes: [
    "It is made for vLLM as its upstream; here it is the same as for the other gateways. It passes on its clients' keys.",
  ],
};
