import { hashKey } from '../../../../src/config/hash-key.ts';
import { loadContract } from '../../../../src/contract/load-contract.ts';
import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

const key = 'sk-talaria-0123456789abcdefghijklmnop';
const otherKey = 'sk-talaria-ponmlkjihgfedcba9876543210';

const toKey = (tenant: string, secret: string) => ({ name: tenant, tenant, hash: hashKey(secret) });

const base = {
  kind: 'Talaria',
  registry: 'none',
  packages: [`talaria@${loadContract().document.info.version}`],
  files: {
    'talaria.yaml': JSON.stringify(
      { tenants: { one: null, other: null }, keys: [toKey('one', key), toKey('other', otherKey)] },
      null,
      2,
    ),
  },
  command: ['node', '{scripts}../src/main.ts'],
  ready: '/health',
  key,
  options: ['--other-key', otherKey],
} as const;

const settings = {
  API_SERVER_HOST: '127.0.0.1',
  API_SERVER_PORT: '{port}',
  STORE_URL: 'memory:?max=10000',
  TALARIA_CONFIG: 'talaria.yaml',
  MCP_REQUEST_SERVERS: 'any',
};

/** Talaria with its offline agent. */
export const talaria: Entry = {
  ...base,
  name: 'talaria',
  title: 'Talaria, offline agent',
  env: settings,
  model: 'offline',
  notes: ['This is our own server, and it is tested with this tool. The offline agent follows scripts.'],
};

/** Talaria in front of the model that is behind the gateways. */
export const talariaGateway: Entry = {
  ...base,
  name: 'talaria-gateway',
  title: 'Talaria, in front of a model',
  env: { ...settings, AGENT_URL: '{upstream}/v1', AGENT_API_KEY: upstreamKey, AGENT_MODEL: 'obedient' },
  model: 'obedient',
  notes: [
    'This is our own server, and it is tested with this tool. Behind it is the same model as behind the gateways.',
  ],
};
