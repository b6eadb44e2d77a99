import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

const key = 'hermes-key-of-the-leaderboard';

export const hermes: Entry = {
  name: 'hermes',
  title: 'Hermes agent',
  kind: 'agent',
  registry: 'PyPI',
  packages: ['hermes-agent==0.19.0', 'aiohttp==3.14.5'],
  files: {
    'config.yaml': JSON.stringify(
      {
        model: {
          default: 'obedient',
          provider: 'custom',
          base_url: '{upstream}/v1',
          api_key: upstreamKey,
          context_length: 200_000,
        },
        terminal: { backend: 'local', cwd: '{work}' },
      },
      null,
      2,
    ),
  },
  command: ['hermes', 'gateway', 'run'],
  env: {
    HERMES_HOME: '{work}',
    API_SERVER_ENABLED: 'true',
    API_SERVER_KEY: key,
    API_SERVER_PORT: '{port}',
    API_SERVER_HOST: '127.0.0.1',
  },
  ready: '/health',
  key,
  model: 'hermes-agent',
  options: ['--timeout', '60'],
  notes: [
    "It is an agent with tools of its own. It doesn't offer the client's tools to its model, so audits of tool calls are inconclusive.",
    'It answers 429 when ten runs are active.',
  ],
};
