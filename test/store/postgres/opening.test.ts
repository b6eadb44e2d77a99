import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { toSettings } from '../../../src/store/postgres/connection/settings.ts';
import { toOpenReason } from '../../../src/store/postgres/connection/to-open-reason.ts';
import { spawnTalaria } from '../../helpers/spawn-talaria.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createTestSchema } from './test-database.ts';
import { withTestServer } from './test-server.ts';

const secretPassword = 'correct-horse';

/** Returns a URL with some parts changed. */
const change = (url: string, parts: Partial<Record<'port' | 'password' | 'pathname' | 'hostname', string>>): string =>
  Object.assign(new URL(url), { password: secretPassword, ...parts }).href;

async function refusal(url: string): Promise<string> {
  try {
    const store = await openStore({ kind: 'postgres', url });
    await store[Symbol.asyncDispose]();
  } catch (reason) {
    assert.ok(reason instanceof Error);
    assert.doesNotMatch(`${reason.message} ${reason.stack} ${JSON.stringify(reason)}`, new RegExp(secretPassword));
    return reason.message;
  }
  return 'opened';
}

/** Starts a server that accepts connections and never answers. */
async function startSilentServer(): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}

describe('the settings of a database', () => {
  it('verify its certificate without the warning of the driver, or like libpq when uselibpqcompat is set', () => {
    const modeOf = (query: string) => {
      const { connectionString = '' } = toSettings(`postgres://host/database?${query}`).client;
      return new URL(connectionString).searchParams.get('sslmode');
    };
    for (const mode of ['prefer', 'require', 'verify-ca']) assert.equal(modeOf(`sslmode=${mode}`), 'verify-full');
    for (const mode of ['disable', 'no-verify']) assert.equal(modeOf(`sslmode=${mode}`), mode);
    assert.equal(modeOf('sslmode=require&uselibpqcompat=true'), 'require');
    assert.equal(modeOf(''), null);
  });
});

describe('a database that cannot be opened', () => {
  it('is named in one line when nothing listens at its address', async () => {
    let port = 0;
    {
      await using silent = await startSilentServer();
      port = silent.port;
    }
    const message = await refusal(`postgres://user:${secretPassword}@127.0.0.1:${port}/talaria`);
    assert.equal(message, `Cannot open the store postgres://127.0.0.1:${port}/talaria: nothing listens there.`);
  });

  it('is named when it does not answer within the connection timeout', async () => {
    await using silent = await startSilentServer();
    const started = Date.now();
    const message = await refusal(`postgres://user:${secretPassword}@127.0.0.1:${silent.port}/talaria`);
    assert.match(message, /\/talaria: it did not answer within 5 seconds\.$/);
    const took = Date.now() - started;
    assert.ok(took < limits.postgresConnectMs + 3_000, `${took} ms`);
  });

  it('is named when its host does not exist', async () => {
    const message = await refusal(`postgres://user:${secretPassword}@no-such-host.invalid/talaria`);
    assert.match(message, /postgres:\/\/no-such-host\.invalid:5432\/talaria: its host name cannot be resolved\.$/);
  });

  for (const [reason, expected] of [
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'its certificate cannot be verified (see sslmode and sslrootcert)'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'its certificate cannot be verified (see sslmode and sslrootcert)'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'its certificate is for another host (see sslmode)'],
  ] as const) {
    it(`is named with the reason when its certificate is invalid: ${reason.code}`, () => {
      assert.equal(toOpenReason(Object.assign(new Error('as OpenSSL says it'), reason)), expected);
    });
  }

  it('is named with the required settings when it is behind a pooler', () => {
    const message = toOpenReason(new Error('unsupported startup parameter: lock_timeout'));
    assert.match(message, /^it is behind a pooler: .*prepare=false .*lock_timeout\)$/);
  });

  it('is named when a file of its settings cannot be read', async () => {
    const message = await refusal(`postgres://user:${secretPassword}@127.0.0.1/talaria?sslrootcert=/no/such/file`);
    assert.match(message, /: \/no\/such\/file cannot be read\.$/);
  });
});

await withTestServer((server) => {
  describe('a database that refuses', () => {
    for (const [what, parts, reason] of [
      ['the password', {}, 'it rejected the user or the password'],
      [
        'an unknown database',
        { pathname: '/missing', password: new URL(server.url).password },
        'the database does not exist',
      ],
    ] as const) {
      it(`says that it is ${what}`, async () => {
        const message = await refusal(change(server.url, parts));
        assert.ok(message.includes(reason), message);
        assert.ok(message.startsWith('Cannot open the store postgres://'), message);
      });
    }

    it('names the missing privilege, before and after the tables exist', async () => {
      await using schema = await createTestSchema(server);
      const name = new URL(schema.url).searchParams.get('application_name') ?? '';
      const url = Object.assign(new URL(schema.url), { username: name, password: secretPassword }).href;
      await schema.query(`CREATE ROLE ${name} LOGIN PASSWORD '${secretPassword}'`);
      try {
        await schema.query(`GRANT USAGE ON SCHEMA ${name} TO ${name}`);
        assert.match(await refusal(url), /: the user lacks a privilege: permission denied for schema test_\w+\.$/);
        await (await openStore({ kind: 'postgres', url: schema.url }))[Symbol.asyncDispose]();
        await schema.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${name} TO ${name}`);
        await assert.rejects(spawnTalaria({ STORE_URL: url, LOG_LEVEL: 'silent' }), (reason: Error) => {
          assert.match(reason.message, /could not start: The store .* \(permission denied for table \w+\)\s*$/);
          return true;
        });
      } finally {
        await schema.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
      }
    });

    it('says that there is no schema', async () => {
      const message = await refusal(`${server.url}?options=${encodeURIComponent('-c search_path=missing')}`);
      assert.match(message, /: it has no schema for the tables \(see search_path\)\.$/);
    });
  });

  describe('a database that was opened', () => {
    it('has the limit of the location, and uses no prepared statements with prepare=false', async () => {
      await using schema = await createTestSchema(server);
      await using store = await openStore({ kind: 'postgres', url: `${schema.url}&prepare=false`, maxResponses: 2 });
      for (let count = 0; count < 3; count++) await store.responses.put(createStoredResponse());
      assert.equal(await store.responses.count(), 2);
      const named = await schema.query(`
        SELECT 1 FROM pg_stat_activity WHERE application_name = current_schema() AND query LIKE 'DEALLOCATE%'`);
      assert.deepEqual(named, []);
    });

    it('does not keep a process alive', async () => {
      await using schema = await createTestSchema(server);
      await using process = await spawnTalaria({ STORE_URL: schema.url, LOG_LEVEL: 'silent' });
      await process.openai.responses.create({ model: 'offline', input: 'Hello' });
      assert.equal(await process.kill('SIGTERM'), 0);
      assert.equal(process.stderr(), '');
    });

    it('is shared by servers: one continues the chain of another, also after it was killed', async () => {
      await using schema = await createTestSchema(server);
      await using one = await spawnTalaria({ STORE_URL: schema.url });
      await using other = await spawnTalaria({ STORE_URL: schema.url });
      const first = await one.openai.responses.create({ model: 'offline', input: 'One' });
      await one.kill('SIGKILL');
      const second = await other.openai.responses.create({
        model: 'offline',
        input: 'Two',
        previous_response_id: first.id,
      });
      assert.equal((await other.openai.responses.retrieve(first.id)).id, first.id);
      assert.equal(second.previous_response_id, first.id);
    });

    it('stops a server that cannot open it with one line', async () => {
      await using schema = await createTestSchema(server);
      await assert.rejects(spawnTalaria({ STORE_URL: change(schema.url, {}) }), (reason: Error) => {
        assert.match(reason.message, /exited with 1/);
        assert.match(reason.message, /Talaria could not start: Cannot open the store postgres:\/\/[^ ]+: it rejected/);
        assert.ok(!reason.message.includes(secretPassword));
        return true;
      });
    });

    it('accepts ids and texts that PostgreSQL rejects', async () => {
      await using schema = await createTestSchema(server);
      await using store = await openStore({ kind: 'postgres', url: schema.url });
      const ids = ['\u0000', '"', '\\', 'a\nb', '\u001e', '\ud800', 'x'.repeat(10_000), ''];
      const response = createStoredResponse({ input: ids.map((id) => ({ id, text: `of ${id}` })) });
      await store.responses.put(response);
      const found = await store.responses.findItems(tenant, ids);
      for (const [index, id] of ids.entries()) assert.deepEqual(found.get(id), response.input[index]);
    });
  });
});
