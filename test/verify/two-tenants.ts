import { hashKey } from '../../src/config/hash-key.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';

/** The keys of two tenants, isolated from each other. */
export const key = 'tlr_verify-1';
export const otherKey = 'tlr_verify-2';

const config = `
tenants: { first: {}, second: {} }
keys:
  - { name: first, tenant: first, hash: "${hashKey(key)}" }
  - { name: second, tenant: second, hash: "${hashKey(otherKey)}" }
`;

/** Starts this server with both keys, so that no audit is skipped. */
export async function startTwoTenants(storeUrl = 'memory:'): Promise<TestServer> {
  using stack = new DisposableStack();
  const file = stack.use(writeConfig(config));
  const server = await startTalaria({ TALARIA_CONFIG: file.path, STORE_URL: storeUrl, MCP_REQUEST_SERVERS: 'any' });
  const kept = stack.move();
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      kept.dispose();
    },
  };
}
