import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { json } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import type { ToolProgress } from '../../../src/agent/loop/tool-session.ts';
import { limits } from '../../../src/config/limits.ts';
import { serve, startMcpServer } from '../../helpers/mcp/http-server.ts';
import { startOldServer } from '../../helpers/mcp/old-server.ts';
import { createToolServer } from '../../helpers/mcp/tool-server.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { noProgress, ofLabel, openServers, stdioServer, textOf } from './open-servers.ts';

const tools = ofLabel('tools');
const { signal } = noProgress;

for (const kind of ['stdio', 'http'] as const) {
  suite(`an MCP server over ${kind}`, () => {
    test('lists its tools and runs them; failures are results', async () => {
      await using open = await start();
      await using session = open.servers.of('default').open();
      const list = await session.list(tools, signal);
      assert.deepEqual(list.find(({ name }) => name === 'echo')?.annotations, { readOnlyHint: true });
      const call = (tool: string, args = {}) => session.call(tools, tool, args, noProgress);
      assert.deepEqual(await call('echo', { text: 'hi' }), { content: [{ type: 'text', text: 'hi' }], isError: false });
      assert.deepEqual(await call('fail'), { content: [{ type: 'text', text: 'no such luck' }], isError: true });
      assert.match(textOf(await call('missing')), /not found/);
      assert.match(textOf(await call('echo')), /expected string/);
      assert.deepEqual(await call('measure'), {
        content: [{ type: 'text', text: '{"celsius":21}' }],
        isError: false,
        structured: { celsius: 21 },
      });
      assert.equal(
        textOf(await call('picture')),
        [
          '<image>',
          '[audio: audio/wav, 5 bytes]',
          '[resource: file:///a.bin, application/x-a, 5 bytes]',
          '[resource: b, file:///b.txt]',
        ].join('\n'),
      );
    });

    test('cuts a large text and says so; a huge message is an error, and the server can still be used', async () => {
      await using open = await start();
      await using session = open.servers.of('default').open();
      const large = textOf(await session.call(tools, 'large', { bytes: 300_000 }, noProgress));
      assert.ok(large.endsWith(`\n… truncated: ${limits.toolResultBytes} of 300000 bytes`));
      assert.equal(large.indexOf('\n'), limits.toolResultBytes);
      const huge = await session.call(tools, 'large', { bytes: 50_000_000 }, noProgress);
      assert.equal(huge.isError, true);
      assert.match(textOf(huge), /a message has more than 8388608 bytes/);
      assert.equal(textOf(await session.call(tools, 'echo', { text: 'still here' }, noProgress)), 'still here');
    });

    test('ends a call that hangs, and one that is aborted', async () => {
      await using open = await start({ timeout: '100ms' });
      await using session = open.servers.of('default').open();
      const hung = await session.call(tools, 'hang', {}, noProgress);
      assert.match(textOf(hung), /did not answer in time\. Its effect is unknown/);
      const abort = new AbortController();
      const call = session.call(tools, 'hang', {}, { ...noProgress, signal: abort.signal });
      const reason = new Error('the run ended');
      abort.abort(reason);
      await assert.rejects(call, (error) => error === reason);
    });

    test('reports progress, which extends the time-out', async () => {
      await using open = await start({ timeout: '600ms' });
      await using session = open.servers.of('default').open();
      await session.list(tools, signal);
      const seen: ToolProgress[] = [];
      const options = { signal, onProgress: (progress: ToolProgress) => void seen.push(progress) };
      const result = await session.call(tools, 'steps', { count: 5, pauseMs: 150 }, options);
      assert.equal(textOf(result), 'done');
      // The last notification may be overtaken by the result.
      assert.deepEqual(
        seen.slice(0, 4),
        [1, 2, 3, 4].map((progress) => ({ progress, total: 5 })),
      );
    });

    test('asks for an approval where a confirmation is asked for; other questions are declined', async () => {
      await using open = await start();
      await using session = open.servers.of('default').open();
      const asked = await session.call(tools, 'deploy', {}, noProgress);
      assert.equal(asked.confirmation, 'Deploy now?');
      assert.equal(textOf(asked), 'The tool did not run: it asks for a confirmation: Deploy now?');
      assert.equal(asked.isError, true);
      const approved = await session.call(tools, 'deploy', {}, { ...noProgress, isApproved: true });
      assert.equal(textOf(approved), 'deployed');
      const details = await session.call(tools, 'register', {}, { ...noProgress, isApproved: true });
      assert.equal(textOf(details), 'The tool asked for input, which was declined: Who are you?');
    });

    test('offers and runs only the allowed tools', async () => {
      await using open = await start({ allowed_tools: ['echo', 'fail'] });
      await using session = open.servers.of('default').open();
      assert.deepEqual(names(await session.list(tools, signal)), ['echo', 'fail']);
      const readOnly = { ...tools, allowed: { readOnly: true } };
      assert.deepEqual(names(await session.list(readOnly, signal)), ['echo']);
      assert.match(textOf(await session.call(tools, 'pid', {}, noProgress)), /does not exist/);
    });

    async function start(settings: object = {}) {
      if (kind === 'stdio') return openServers({ tools: { ...stdioServer, ...settings } });
      const stack = new AsyncDisposableStack();
      const server = stack.use(await startMcpServer());
      const open = stack.use(openServers({ tools: { url: server.url, ...settings } }));
      return { ...open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
    }
  });
}

suite('an MCP server that is a program', () => {
  test('starts with its first use, once for all runs, and ends when it is disposed', async () => {
    const open = openServers({ tools: stdioServer });
    assert.deepEqual(open.servers.health(), { tools: 'idle' });
    const sessions = [open.servers.of('default').open(), open.servers.of('default').open()];
    const pids = await Promise.all(sessions.map((session) => session.call(tools, 'pid', {}, noProgress)));
    const [pid = '', other] = pids.map(textOf);
    assert.equal(pid, other);
    assert.deepEqual(open.servers.health(), { tools: 'ok' });
    await open.servers[Symbol.asyncDispose]();
    await waitUntil(() => !isRunning(Number(pid)));
  });

  test('is started again after it stopped in the middle of a call', async () => {
    await using open = openServers({ tools: stdioServer });
    await using session = open.servers.of('default').open();
    const before = textOf(await session.call(tools, 'pid', {}, noProgress));
    const hung = session.call(tools, 'hang', {}, noProgress);
    kill(Number(before), 'SIGKILL');
    assert.match(textOf(await hung), /it stopped\. Its effect is unknown/);
    assert.notEqual(textOf(await session.call(tools, 'pid', {}, noProgress)), before);
    const changes = open.log.filter(({ level }) => level !== 'debug').map(({ message }) => message);
    assert.deepEqual(changes, ['MCP server connected', 'MCP server failed', 'MCP server connected']);
  });

  test('is started again when it exits, even if a process that it started holds its pipes', async () => {
    const [program = ''] = stdioServer.args;
    const script = 'sleep 20 & echo "$!" >&2; exec "$0" "$1"';
    await using open = openServers({ tools: { command: 'sh', args: ['-c', script, stdioServer.command, program] } });
    await using session = open.servers.of('default').open();
    const before = textOf(await session.call(tools, 'pid', {}, noProgress));
    assert.match(textOf(await session.call(tools, 'exit', {}, noProgress)), /it stopped\. Its effect is unknown/);
    assert.notEqual(textOf(await session.call(tools, 'pid', {}, noProgress)), before);
    const lines = open.log.map(({ details }) => Number(details['line'])).filter((pid) => pid > 0);
    assert.ok(lines.length >= 2);
    for (const pid of lines) kill(pid);
  });

  test('lists its tools again when it says that they changed', async () => {
    await using open = openServers({ tools: stdioServer });
    await using session = open.servers.of('default').open();
    assert.ok(!names(await session.list(tools, signal)).includes('grown'));
    await session.call(tools, 'grow', {}, noProgress);
    await waitUntil(async () => names(await session.list(tools, signal)).includes('grown'));
  });

  test('inherits no secrets, only what is safe and what is set for it', async () => {
    await using open = openServers({ tools: { ...stdioServer, env: { FRUIT: 'apple' } } }, { SECRET_KEY: 'x' });
    await using session = open.servers.of('default').open();
    const variables = textOf(await session.call(tools, 'environment', {}, noProgress)).split(' ');
    assert.ok(variables.includes('FRUIT') && variables.includes('PATH'));
    const safe = new Set(['FRUIT', 'HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER']);
    assert.deepEqual(
      variables.filter((name) => !safe.has(name)),
      [],
    );
  });

  test('that cannot be started fails the list clearly, and waits longer after each failure', async () => {
    await using open = openServers({ tools: { command: '/does/not/exist' } });
    await using session = open.servers.of('default').open();
    const expected = { code: 'mcp_server_error', message: "The MCP server 'tools' failed: its command was not found." };
    for (const _ of [1, 2, 3]) await assert.rejects(session.list(tools, signal), expected);
    const call = textOf(await session.call(tools, 'echo', {}, noProgress));
    assert.equal(call, "The tool 'echo' was not called, because its server failed: its command was not found.");
    assert.deepEqual(open.servers.health(), { tools: 'failed' });
    assert.deepEqual(
      open.log.map(({ message, details }) => [message, details]),
      [['MCP server failed', { server: 'tools', reason: 'its command was not found' }]],
    );
  });
});

suite('an MCP server of a configured URL', () => {
  test('receives its headers, which the log never has', async () => {
    await using server = await startMcpServer();
    await using open = openServers(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of the file
      { tools: { url: server.url, headers: { authorization: 'Bearer ${KEY}' } } },
      { KEY: 'top-secret' },
    );
    await using session = open.servers.of('default').open();
    await session.call(tools, 'echo', { text: 'hi' }, noProgress);
    assert.ok(server.received.length > 0);
    assert.ok(server.received.every(({ authorization }) => authorization === 'Bearer top-secret'));
    assert.doesNotMatch(JSON.stringify(open.log), /top-secret/);
  });

  test('offers as many tools as fit; the log tells once how many do not', async () => {
    const create = () => {
      const many = new McpServer({ name: 'many', version: '1.0.0' });
      many.registerTool('huge', { description: 'x'.repeat(limits.mcpToolBytes) }, () => ({ content: [] }));
      for (let index = 0; index < 520; index++) many.registerTool(`tool${index}`, {}, () => ({ content: [] }));
      return many;
    };
    await using server = await startMcpServer(create);
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    for (const _ of [1, 2]) assert.equal((await session.list(tools, signal)).length, 512);
    const omitted = open.log.filter(({ message }) => message === 'tools of an MCP server omitted');
    assert.deepEqual(
      omitted.map(({ details }) => details),
      [{ server: 'tools', omitted: 9 }],
    );
  });

  test('whose stream ends without a result fails the call at once', async () => {
    await using server = await serve(async (request, response) => {
      if (request.method !== 'POST') {
        response.writeHead(405).end();
        return;
      }
      const { id, method } = (await json(request)) as { id?: number; method?: string };
      const answer = (result: object) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      };
      if (method === 'initialize') {
        const serverInfo = { name: 'short', version: '1' };
        answer({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo });
      } else if (method === 'tools/call') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': working\n\n');
      } else {
        response.writeHead(id === undefined ? 202 : 400).end();
      }
    });
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    const result = textOf(await session.call(tools, 'echo', {}, noProgress));
    assert.match(result, /the stream ended without a result\. Its effect is unknown/);
  });

  test('that answers with a page fails clearly', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    });
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    const message = "The MCP server 'tools' failed: it answered with neither JSON nor an event stream.";
    await assert.rejects(session.list(tools, signal), { code: 'mcp_server_error', message });
  });

  test('that is down fails without its address', async () => {
    const server = await startMcpServer();
    await server[Symbol.asyncDispose]();
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    await assert.rejects(session.list(tools, signal), {
      message: "The MCP server 'tools' failed: the connection was refused.",
    });
    assert.doesNotMatch(JSON.stringify(open.log), /127\.0\.0\.1/);
  });
});

suite('an MCP server that failed, and now never answers', () => {
  test('holds each caller for two seconds at most, and is usable once it answers', async () => {
    const answer = toNodeHandler(createMcpHandler(createToolServer));
    type Handled = Parameters<typeof answer>;
    const held: Handled[] = [];
    let mode: 'broken' | 'silent' | 'sound' = 'broken';
    await using server = await serve((request, response) => {
      if (mode === 'broken') response.writeHead(500).end();
      else if (mode === 'silent') held.push([request as Handled[0], response]);
      else void answer(request as Handled[0], response);
    });
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    await assert.rejects(session.list(tools, signal), { message: /failed: it answered with HTTP 500\.$/ });
    mode = 'silent';
    const message =
      "The MCP server 'tools' failed: it answered with HTTP 500; another attempt to connect is in progress.";
    for (const _ of [1, 2]) {
      const startedAt = performance.now();
      await assert.rejects(session.list(tools, signal), { code: 'mcp_server_error', message });
      assert.ok(performance.now() - startedAt < 2 * limits.mcpRestartWaitMs);
    }
    assert.match(
      textOf(await session.call(tools, 'echo', { text: 'a' }, noProgress)),
      /^The tool 'echo' was not called/,
    );
    assert.equal(held.length, 1, 'one attempt at a time');
    mode = 'sound';
    for (const [request, response] of held) void answer(request, response);
    assert.equal(textOf(await session.call(tools, 'echo', { text: 'b' }, noProgress)), 'b');
    assert.deepEqual(open.servers.health(), { tools: 'ok' });
  });
});

suite('an MCP server of the revision 2025-11-25', () => {
  test('that has lost its sessions is connected again, and the call is repeated', async () => {
    await using server = await startOldServer();
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    assert.deepEqual(names(await session.list(tools, signal)), ['echo', 'ask']);
    for (const status of [404, 400]) {
      server.unknownStatus = status;
      server.forget();
      assert.equal(textOf(await session.call(tools, 'echo', { text: 'again' }, noProgress)), 'again');
    }
  });

  test('that asks the user during a call gets a refusal, and the model is told', async () => {
    await using server = await startOldServer();
    await using open = openServers({ tools: { url: server.url } });
    await using session = open.servers.of('default').open();
    assert.equal(
      textOf(await session.call(tools, 'ask', {}, noProgress)),
      'answer: decline\n[The tool asked for input, which was declined automatically: What now?]',
    );
  });
});

const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

function isRunning(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}
