import { ApiError } from '../../errors/api-error.ts';
import { throwIfAborted } from '../abort.ts';
import type { AgentEvent } from '../agent-client.ts';
import { toListEvents } from './call-items.ts';
import type { RequestedServer, ServerTool } from './loop-request.ts';
import type { LoopState } from './loop-state.ts';
import type { ListedServer } from './offered-tools.ts';
import type { ToolSession } from './tool-session.ts';

export interface ListOptions {
  session: ToolSession;
  state: LoopState;
  signal: AbortSignal;
  /** The labels of the servers that the client asked for. A failure of another one is only reported. */
  requested: ReadonlySet<string>;
  onFailure: (server: RequestedServer, error: unknown) => void;
}

/** The servers of a run with their tools. */
export interface ServerLists {
  servers: ListedServer[];
  /** The items and steps of the lists that the client has not received. */
  events: AgentEvent[];
  /** The error that ends the run after its events. */
  failure?: ApiError;
}

/** Lists the tools of all servers. Lists of an earlier execution of the run, and those of an earlier turn, are kept. */
export async function listServers(servers: readonly RequestedServer[], options: ListOptions): Promise<ServerLists> {
  const lists = await Promise.all(servers.map((server) => listServer(server, options)));
  throwIfAborted(options.signal);
  const failure = lists.find((list) => list.failure)?.failure;
  return {
    servers: lists.flatMap(({ server, tools }) => (tools ? [{ server, tools }] : [])),
    events: lists.flatMap(({ events }) => events),
    ...(failure ? { failure } : {}),
  };
}

interface ServerList {
  server: RequestedServer;
  /** Omitted: the server is ignored. */
  tools?: readonly ServerTool[];
  events: AgentEvent[];
  failure?: ApiError;
}

async function listServer(server: RequestedServer, options: ListOptions): Promise<ServerList> {
  const { session, state, signal, requested, onFailure } = options;
  const { label, listed, url } = server;
  const known = state.listOf(label) ?? (url === undefined ? undefined : listed);
  if (known) return { server, tools: known, events: [] };
  try {
    const tools = await session.list(server, signal);
    const isNews = requested.has(label) && !(listed && isSameList(listed, tools));
    return {
      server,
      tools,
      events: isNews
        ? [...toListEvents(label, tools), state.record({ type: 'tools-listed', server: label, tools })]
        : [],
    };
  } catch (error) {
    throwIfAborted(signal);
    if (requested.has(label) && !listed) return toFailedList(server, error);
    onFailure(server, error);
    return { server, events: [], ...(listed ? { tools: listed } : {}) };
  }
}

function toFailedList(server: RequestedServer, error: unknown): ServerList {
  const { label } = server;
  const failure =
    error instanceof ApiError && error.code === 'mcp_server_error'
      ? error
      : new ApiError('mcp_server_error', `The tools of the MCP server '${label}' cannot be listed.`, { cause: error });
  return { server, events: toListEvents(label, [], failure.message), failure };
}

/** Whether two lists offer the same tools. */
function isSameList(earlier: readonly ServerTool[], tools: readonly ServerTool[]): boolean {
  return JSON.stringify(earlier.map(toComparable)) === JSON.stringify(tools.map(toComparable));
}

const toComparable = ({ name, description, inputSchema }: ServerTool): unknown[] => [name, description, inputSchema];
