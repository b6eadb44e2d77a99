import { hashKey } from '../../src/config/hash-key.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';

/** The keys of two tenants: what one makes, the other doesn't see. */
export const key = 'tlr_verify-1';
export const otherKey = 'tlr_verify-2';

const config = `
tenants: { first: {}, second: {} }
keys:
  - { name: first, tenant: first, hash: "${hashKey(key)}" }
  - { name: second, tenant: second, hash: "${hashKey(otherKey)}" }
`;

/** This server with both, so that nothing is skipped. */
export async function startTwoTenants(storeUrl = 'memory:'): Promise<TestServer> {
  using stack = new DisposableStack();
  const file = stack.use(writeConfig(config));
  const server = await startTalaria({ TALARIA_CONFIG: file.path, STORE_URL: storeUrl });
  const kept = stack.move();
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      kept.dispose();
    },
  };
}
