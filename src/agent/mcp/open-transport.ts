import { ChildProcess } from 'node:child_process';
import { StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { buildConnector } from 'undici';
import { limits } from '../../config/limits.ts';
import type { McpEndpoint, McpProgram } from '../../config/mcp/mcp-config.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import { createFetch } from './create-fetch.ts';
import { streamEnded } from './mcp-errors.ts';

/** The code of JSON-RPC. */
const internalError = -32_603;

/** The way to one server. */
export interface ServerTransport {
  transport: Transport;
  /** Ends the session of a server that has one. Its process ends when the transport is closed. */
  endSession(): Promise<void>;
  /** Closes the connections that the transport leaves open. */
  dispose(): Promise<void>;
}

interface TransportOptions {
  /** Decides which addresses may be reached. Default: any. */
  connect?: buildConnector.connector | undefined;
  onOverflow: (error: Error) => void;
  /** Called with each line that a program writes to standard error. */
  onLine: (line: string) => void;
}

export const openTransport = (reach: McpProgram | McpEndpoint, options: TransportOptions): ServerTransport =>
  reach.kind === 'http' ? openEndpoint(reach, options) : openProgram(reach, options);

function openEndpoint({ url, headers }: McpEndpoint, { connect, onOverflow }: TransportOptions): ServerTransport {
  const http = createFetch({ onOverflow, ...omitUndefined({ connect }) });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: http.fetch,
    requestInit: { headers },
    // A redirect to another origin would carry the headers there.
    redirectPolicy: 'same-origin',
    onInsufficientScope: 'throw',
  });
  failEndedRequests(transport);
  return {
    transport,
    async endSession() {
      const goodbye = AbortSignal.timeout(limits.mcpGoodbyeMs);
      await unlessAborted(transport.terminateSession(), goodbye).catch(() => undefined);
    },
    async dispose() {
      await http[Symbol.asyncDispose]();
    },
  };
}

/** Fails a request whose stream ended without a result: the client of MCP would wait for it until its time-out. */
function failEndedRequests(transport: StreamableHTTPClientTransport): void {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => {
    if (Array.isArray(message) || !('id' in message && 'method' in message)) return send(message, options);
    const error = { code: internalError, message: streamEnded };
    const onRequestStreamEnd = () => {
      options?.onRequestStreamEnd?.();
      // Ignored if the result came before the end.
      transport.onmessage?.({ jsonrpc: '2.0', id: message.id, error });
    };
    return send(message, { ...options, onRequestStreamEnd });
  };
}

function openProgram({ command, args, env, cwd }: McpProgram, { onLine }: TransportOptions): ServerTransport {
  const transport = new StdioClientTransport({
    command,
    args: [...args],
    env: { ...env },
    stderr: 'pipe',
    maxBufferSize: limits.mcpMessageBytes,
    ...omitUndefined({ cwd }),
  });
  readLines(transport.stderr, onLine);
  closePipes(transport);
  return { transport, async endSession() {}, async dispose() {} };
}

/** Reads until the end, so that the program never blocks. A line that is too long is cut. */
function readLines(stream: StdioClientTransport['stderr'], onLine: (line: string) => void): void {
  let rest = '';
  stream?.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = (lines.pop() ?? '').slice(0, limits.mcpLogLineCharacters);
    for (const line of lines) onLine(line.slice(0, limits.mcpLogLineCharacters));
  });
}

/**
 * Closes the pipes of a program soon after its exit. A process that it started may hold them: the end of the program
 * would go unnoticed, and this process could not exit.
 */
function closePipes(transport: StdioClientTransport): void {
  const start = transport.start.bind(transport);
  transport.start = async () => {
    await start();
    // The client of MCP does not expose its child process.
    const child: unknown = Reflect.get(transport, '_process');
    if (!(child instanceof ChildProcess)) return;
    const close = () => {
      for (const pipe of child.stdio) pipe?.destroy();
    };
    child.once('exit', () => void setTimeout(close, limits.mcpExitMs).unref());
  };
}
