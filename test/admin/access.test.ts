import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { send } from '../http/send.ts';

const config = `
tenants: { acme: {} }
keys:
  - { name: app, tenant: acme, hash: "${hashKey('app')}" }
  - { name: desk, tenant: acme, role: operator, hash: "${hashKey('desk')}" }
  - { name: ops, role: operator, hash: "${hashKey('ops')}" }
`;

const codeOf = ({ json }: { json: unknown }) => (json as { error?: { code: string } }).error?.code;

describe('the operations of operators', () => {
  it('need the key of an operator of the whole server', async () => {
    using file = writeConfig(config);
    await using server = await startTalaria({ TALARIA_CONFIG: file.path, API_SERVER_OPERATOR_KEY: 'from-variable' });
    const ask = (key: string | undefined) =>
      send(`${server.url}/admin/v1/runs`, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
    const expected: [string | undefined, number, string | undefined][] = [
      [undefined, 401, 'invalid_api_key'],
      ['wrong', 401, 'invalid_api_key'],
      ['app', 403, 'operator_required'],
      ['desk', 403, 'operator_required'],
      ['ops', 200, undefined],
      ['from-variable', 200, undefined],
    ];
    for (const [key, status, code] of expected) {
      const reply = await ask(key);
      assert.deepEqual([reply.status, codeOf(reply)], [status, code], String(key));
      assert.equal(reply.headers['www-authenticate'], status === 401 ? 'Bearer' : undefined);
    }
  });

  it('are open to its own machine on a server without keys, but not to pages of other origins', async () => {
    await using server = await startTalaria({ API_SERVER_CORS_ORIGINS: 'http://app.example' });
    const ask = (headers: Record<string, string>) => send(`${server.url}/admin/v1/runs`, { headers });
    assert.equal((await ask({})).status, 200);
    assert.equal((await ask({ origin: server.url })).status, 200);
    for (const headers of [{ origin: 'http://app.example' }, { origin: 'null' }, { host: 'evil.example' }]) {
      assert.equal((await ask(headers)).status, 403, JSON.stringify(headers));
    }
  });

  it('need a key that differs from the others', async () => {
    await assert.rejects(startTalaria({ API_SERVER_KEY: 'same', API_SERVER_OPERATOR_KEY: 'same' }), {
      message: 'API_SERVER_KEY is also the key API_SERVER_OPERATOR_KEY: remove one of them.',
    });
  });
});
