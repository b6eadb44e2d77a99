import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { suite, test } from 'node:test';
import { Agent, fetch } from 'undici';
import { isPublicAddress } from '../../../src/agent/mcp/blocked-addresses.ts';
import { connectPublicly } from '../../../src/agent/mcp/connect-publicly.ts';
import { PrivateAddressError } from '../../../src/agent/mcp/mcp-errors.ts';
import { serve, startMcpServer } from '../../helpers/mcp/http-server.ts';
import { noProgress, openServers, textOf } from './open-servers.ts';

/** Addresses that a client must not reach through this server, with the reason. */
const blocked: Record<string, string> = {
  '0.0.0.0': 'unspecified',
  '0.1.2.3': 'this network',
  '10.0.0.1': 'private',
  '100.64.0.1': 'shared by carriers',
  '127.0.0.1': 'loopback',
  '127.255.255.254': 'loopback',
  '169.254.169.254': 'metadata of clouds',
  '172.16.0.1': 'private',
  '172.31.255.255': 'private',
  '192.0.0.1': 'protocol assignments',
  '192.0.2.1': 'documentation',
  '192.88.99.1': 'relays of 6to4',
  '192.168.1.1': 'private',
  '198.18.0.1': 'benchmarks',
  '198.19.255.255': 'benchmarks',
  '198.51.100.1': 'documentation',
  '203.0.113.1': 'documentation',
  '224.0.0.1': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'broadcast',
  '::': 'unspecified',
  '::1': 'loopback',
  '::127.0.0.1': 'IPv4-compatible',
  '::ffff:127.0.0.1': 'IPv4-mapped',
  '::ffff:8.8.8.8': 'IPv4-mapped, even of a public address',
  '::ffff:0:127.0.0.1': 'IPv4-translated',
  '64:ff9b::7f00:1': 'NAT64 of loopback',
  '64:ff9b::808:808': 'NAT64',
  '64:ff9b:1::1': 'local NAT64',
  '100::1': 'discarded',
  '2001::1': 'Teredo',
  '2001:2::1': 'benchmarks',
  '2001:10::1': 'ORCHID',
  '2001:20::1': 'ORCHID',
  '2001:db8::1': 'documentation',
  '2002:7f00:1::': '6to4 of loopback',
  '3fff::1': 'documentation',
  '5f00::1': 'segment routing',
  'fc00::1': 'unique local',
  'fd00:ec2::254': 'metadata of clouds',
  'fe80::1': 'link-local',
  'fe80::1%eth0': 'link-local with a zone',
  'fec0::1': 'site-local',
  'ff02::1': 'multicast',
};

test('public and other addresses are told apart', () => {
  for (const [address, kind] of Object.entries(blocked))
    assert.equal(isPublicAddress(address), false, `${address} ${kind}`);
  const open = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '172.32.0.1', '192.0.1.1', '223.255.255.254'];
  for (const address of [...open, '2001:4860:4860::8888', '2606:4700::1111', '2a00::1']) {
    assert.equal(isPublicAddress(address), true, address);
  }
  assert.equal(isPublicAddress('localhost'), false);
});

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
      connect: connectPublicly((_host, _options, callback) => {
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
