import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import type { RequestedServer, ServerTool, ToolFilter } from '../loop/loop-request.ts';
import { selectsTool } from '../loop/needs-approval.ts';
import type { RerunRule, ToolCallOptions, ToolResult, ToolSession } from '../loop/tool-session.ts';
import type { ConfiguredServer } from './configured-server.ts';
import type { Connection } from './connection.ts';
import { describeFailure, isUnreachable, toServerReason } from './describe-failure.ts';
import { ServerDownError } from './mcp-errors.ts';
import { toErrorResult } from './to-tool-result.ts';

/** Access to one server, whether it is shared or belongs to the session. */
interface Access {
  connect(signal: AbortSignal): Promise<Connection>;
  drop(connection: Connection, error: unknown): void;
}

export interface SessionOptions {
  /** The servers of the configuration, by label. */
  configured: ReadonlyMap<string, ConfiguredServer>;
  /** Connects to a server whose URL a client sent. */
  connect(server: RequestedServer, url: string): Promise<Connection>;
}

/** The MCP servers of one run. Connections to URLs of the request belong to it alone. */
export class McpSession implements ToolSession {
  readonly #options: SessionOptions;
  /** By label. */
  readonly #own = new Map<string, Promise<Connection>>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async list(server: RequestedServer, signal: AbortSignal): Promise<readonly ServerTool[]> {
    try {
      const { tools } = await this.#use(server, signal, (connection) => connection.list());
      const filters: (ToolFilter | undefined)[] = [toFilter(this.#configured(server)), server.allowed];
      return tools.filter((tool) => filters.every((filter) => !filter || selectsTool(filter, tool)));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ApiError) throw error;
      throw new ApiError('mcp_server_error', `The MCP server '${server.label}' failed: ${describeFailure(error)}.`, {
        cause: new Error(describeFailure(error)),
      });
    }
  }

  async call(
    server: RequestedServer,
    tool: string,
    args: Record<string, unknown>,
    options: ToolCallOptions,
  ): Promise<ToolResult> {
    const { signal } = options;
    const config = this.#configured(server)?.config;
    const allowed = config?.allowedTools;
    if (allowed && !allowed.includes(tool)) return toErrorResult(`The tool '${tool}' does not exist.`);
    const timeoutMs = config?.timeoutMs ?? limits.mcpCallMs;
    try {
      return await this.#use(server, signal, (connection) => connection.call(tool, args, { ...options, timeoutMs }));
    } catch (error) {
      signal.throwIfAborted();
      return toErrorResult(explainFailure(tool, error));
    }
  }

  rerunRule(server: RequestedServer): RerunRule {
    return this.#configured(server)?.config.rerun ?? 'safe';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = [...this.#own.values()];
    this.#own.clear();
    await Promise.all(
      opened.map(async (own) => {
        const connection = await own.catch(() => undefined);
        await connection?.[Symbol.asyncDispose]();
      }),
    );
  }

  /** Uses a connection. One whose session the server has lost is opened again, once. */
  async #use<Value>(
    server: RequestedServer,
    signal: AbortSignal,
    use: (connection: Connection) => Promise<Value>,
  ): Promise<Value> {
    const access = this.#access(server);
    const connection = await access.connect(signal);
    signal.throwIfAborted();
    try {
      return await unlessAborted(use(connection), signal);
    } catch (error) {
      if (isUnreachable(error)) access.drop(connection, error);
      if (!connection.hasLostSession(error)) throw error;
      access.drop(connection, error);
      const another = await access.connect(signal);
      signal.throwIfAborted();
      return await unlessAborted(use(another), signal);
    }
  }

  #access(server: RequestedServer): Access {
    const { label, url } = server;
    if (url === undefined) {
      const configured = this.#options.configured.get(label);
      if (!configured) throw new ServerDownError('it is not configured');
      return configured;
    }
    return {
      connect: async (signal) => {
        const own = this.#own.get(label) ?? this.#options.connect(server, url);
        this.#own.set(label, own);
        own.catch(() => this.#own.delete(label));
        return await unlessAborted(own, signal);
      },
      drop: (connection) => {
        this.#own.delete(label);
        void connection[Symbol.asyncDispose]();
      },
    };
  }

  #configured({ label, url }: RequestedServer): ConfiguredServer | undefined {
    return url === undefined ? this.#options.configured.get(label) : undefined;
  }
}

const toFilter = (server: ConfiguredServer | undefined): ToolFilter | undefined =>
  server?.config.allowedTools && { names: server.config.allowedTools };

/** Explains to the model why a call has no result. */
function explainFailure(tool: string, error: unknown): string {
  const own = toServerReason(error);
  if (own !== undefined) return own;
  const reason = describeFailure(error);
  if (error instanceof ServerDownError || isUnreachable(error))
    return `The tool '${tool}' was not called, because its server failed: ${reason}.`;
  return `The tool '${tool}' has no result, because its server failed: ${reason}. Its effect is unknown.`;
}
