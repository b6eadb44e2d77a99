import type OpenAI from 'openai';
import { startMcpServer } from '../helpers/mcp/http-server.ts';
import { createClient, startTalaria } from '../helpers/talaria.ts';
import { writeConfig } from '../helpers/write-config.ts';

export const clientKey = 'key-of-a-tenant';
export const operatorKey = 'key-of-an-operator';

type Response = OpenAI.Responses.Response;

export interface ConsoleServer extends AsyncDisposable {
  url: string;
  /** A client of the tenant. */
  openai: OpenAI;
  /** Starts a background response. */
  start(input: string, more?: object): Promise<Response>;
  /** Runs a response that asks for the approval of a call of `echo`. */
  ask(text: string): Promise<Response>;
  /** Sends a request to an operation of operators. */
  operate(path: string, body?: object): Promise<globalThis.Response>;
}

/** Starts a server with keys, the offline agent and an MCP server whose calls may need approval. */
export async function startConsoleServer(): Promise<ConsoleServer> {
  await using stack = new AsyncDisposableStack();
  const mcp = stack.use(await startMcpServer());
  const config = stack.use(writeConfig(JSON.stringify({ mcp_servers: { tools: { url: mcp.url } } })));
  const settings = { API_SERVER_KEY: clientKey, API_SERVER_OPERATOR_KEY: operatorKey };
  const { url } = stack.use(await startTalaria({ TALARIA_CONFIG: config.path, ...settings }));
  const openai = createClient(url, clientKey);
  const start = (input: string, more: object = {}) =>
    openai.responses.create({ model: 'offline', input, background: true, ...more });
  const resources = stack.move();
  return {
    url,
    openai,
    start,
    ask: (text) => start(`/call tools__echo ${JSON.stringify({ text })}`, { tools: offer('always') }),
    operate: (path, body) => {
      const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
      const request = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
      return fetch(`${url}/admin/v1/${path}`, request);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Returns the tools of a request that offers the MCP server. */
export const offer = (approval: 'always' | 'never') => [
  { type: 'mcp' as const, server_label: 'tools', require_approval: approval },
];
