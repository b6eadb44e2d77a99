import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { suite, test } from 'node:test';
import { Agent, fetch } from 'undici';
import { connectPublicly } from '../../../src/net/connect-publicly.ts';
import { PrivateAddressError } from '../../../src/net/private-address-error.ts';
import { serve, startMcpServer } from '../../helpers/mcp/http-server.ts';
import { noProgress, openServers, textOf } from './open-servers.ts';

suite('the URL of a client with MCP_REQUEST_SERVERS=public', () => {
  test('never reaches this machine, however its address is written', async () => {
    await using server = await startMcpServer();
    await using open = openServers({}, { MCP_REQUEST_SERVERS: 'public' });
    await using session = open.servers.of('default').open();
    const { port } = new URL(server.url);
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
      '127.0.0.1.',
      '0',
      'localhost',
      'LOCALHOST',
      'localhost.',
      '①②⑦.0.0.1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::127.0.0.1]',
      '[2002:7f00:1::]',
    ];
    for (const [index, host] of hosts.entries()) {
      const url = `http://${host}:${port}/mcp`;
      const requested = { label: `a${index}`, url, approval: 'never' as const };
      await assert.rejects(session.list(requested, noProgress.signal), ({ message }: Error) => {
        const isRefused = message === `The MCP server 'a${index}' failed: its address is not public.`;
        // Some resolvers do not know this name.
        assert.ok(isRefused || (host === 'localhost.' && /cannot be resolved/.test(message)), `${host}: ${message}`);
        return true;
      });
    }
    assert.equal(server.received.length, 0);
    assert.doesNotMatch(JSON.stringify(open.log), /127/);
  });

  test('is checked with each connection: a name that changes to a private address is refused', async () => {
    await using server = await startMcpServer();
    const answers = [['8.8.8.8'], ['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1']];
    let lookups = 0;
    const agent = new Agent({
      connect: connectPublicly(1000, (_host, _options, callback) => {
        const addresses = (answers[lookups] ?? []).map(
          (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
        );
        lookups += 1;
        callback(null, addresses);
      }),
    });
    const url = server.url.replace('127.0.0.1', 'changes.example.org');
    await assert.rejects(fetch(url, { dispatcher: agent, signal: AbortSignal.timeout(20) }));
    for (const _ of [1, 2, 3]) {
      await assert.rejects(
        fetch(url, { dispatcher: agent }),
        ({ cause }: Error) => cause instanceof PrivateAddressError,
      );
    }
    assert.equal(lookups, 4);
    assert.equal(server.received.length, 0);
    await agent.destroy();
  });
});

suite('the URL of a client', () => {
  test('is refused unless the configuration allows it', async () => {
    const admit = async (url: string, variables: Record<string, string> = {}, headers: Record<string, string> = {}) => {
      await using open = openServers({}, variables);
      const server = { label: 'a', url, headers, approval: 'always' as const };
      return open.servers.admit(server, { tenant: 'default', param: 'tools[1]' });
    };
    const refusal = (param: string, message: RegExp) => ({ code: 'invalid_value', status: 400, param, message });
    const url = 'https://mcp.example.org/mcp';
    const any = { MCP_REQUEST_SERVERS: 'any' };
    const one = { ...any, MCP_REQUEST_ORIGINS: 'https://mcp.example.org, https://other.example.org:8443' };
    assert.equal((await admit(url, any)).url, url);
    assert.equal((await admit(url, one)).url, url);
    await assert.rejects(admit(url), refusal('tools[1].server_url', /accepts no server_url/));
    await assert.rejects(admit('ftp://a.example.org', any), refusal('tools[1].server_url', /http or https/));
    await assert.rejects(admit('nonsense', any), refusal('tools[1].server_url', /Invalid URL/));
    await assert.rejects(admit('https://me:pw@a.example.org', any), refusal('tools[1].server_url', /user or password/));
    await assert.rejects(admit('https://mcp.example.org:444/', one), refusal('tools[1].server_url', /origin/));
    await assert.rejects(admit(url, any, { host: 'b' }), refusal('tools[1].headers', /'host'/));
    await assert.rejects(admit(url, any, { 'x-a': 'secret\nb' }), refusal('tools[1].headers', /^(?!.*secret).*'x-a'/s));
  });

  test('gets its headers, on a connection of the run alone', async () => {
    await using server = await startMcpServer();
    await using open = openServers({}, { MCP_REQUEST_SERVERS: 'any' });
    const session = open.servers.of('default').open();
    const requested = {
      label: 'a',
      url: server.url,
      headers: { authorization: 'Bearer t' },
      approval: 'never' as const,
    };
    assert.equal(textOf(await session.call(requested, 'echo', { text: 'hi' }, noProgress)), 'hi');
    assert.ok(server.received.every(({ authorization }) => authorization === 'Bearer t'));
    await session[Symbol.asyncDispose]();
    assert.deepEqual(open.servers.health(), {});
  });

  test('is not left by a redirect to another origin', async () => {
    await using target = await startMcpServer();
    await using server = await serve((_request, response) => {
      response.writeHead(307, { location: target.url }).end();
    });
    await using open = openServers({}, { MCP_REQUEST_SERVERS: 'any' });
    await using session = open.servers.of('default').open();
    const requested = { label: 'a', url: server.url, headers: { authorization: 'secret' }, approval: 'never' as const };
    await assert.rejects(session.list(requested, noProgress.signal), {
      message: /failed: it answered with HTTP 307\.$/,
    });
    assert.equal(target.received.length, 0);
  });
});
