import { limits } from '../../config/limits.ts';
import type { McpConfig } from '../../config/mcp/mcp-config.ts';
import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { connectPublicly } from '../../net/connect-publicly.ts';
import { toHostedName } from '../../tools/hosted-name.ts';
import type { RequestedServer } from '../loop/loop-request.ts';
import { stricterRule } from '../loop/needs-approval.ts';
import type { ServerRules, ToolServers, ToolSession } from '../loop/tool-session.ts';
import { ConfiguredServer, type ServerHealth } from './configured-server.ts';
import type { Connection } from './connection.ts';
import { isSendable } from './is-sendable.ts';
import { ServerDownError } from './mcp-errors.ts';
import type { McpLog } from './mcp-log.ts';
import { McpSession } from './mcp-session.ts';
import { openConnection } from './open-connection.ts';

export interface McpServersOptions {
  /** The version of Talaria, for the servers. */
  version: string;
  log: McpLog;
}

/** The MCP servers of the configuration, shared by all agents, and those that clients name. Disposing stops them. */
export class McpServers implements ServerRules, AsyncDisposable {
  readonly #config: McpConfig;
  readonly #options: McpServersOptions;
  readonly #servers: ReadonlyMap<string, ConfiguredServer>;

  constructor(config: McpConfig, options: McpServersOptions) {
    this.#config = config;
    this.#options = options;
    this.#servers = new Map(
      [...config.servers].map(([label, server]) => [
        label,
        new ConfiguredServer({ label, config: server, ...options }),
      ]),
    );
  }

  /** Returns the servers for the loop of an agent. */
  of(agent: string): ToolServers {
    const labels = this.#config.ofAgents.get(agent) ?? [];
    return {
      ofAgent: labels.flatMap((label) => this.#toOffered(label)),
      hosted: this.#toHosted(),
      open: () => this.#open(),
    };
  }

  /** The health of each server of the configuration, as it was last seen. No server is asked. */
  health(): Record<string, ServerHealth> {
    return Object.fromEntries([...this.#servers].map(([label, server]) => [label, server.health]));
  }

  admit(server: RequestedServer, { tenant, param }: { tenant: string; param: string }): RequestedServer {
    if (server.label === '') {
      throw new ApiError('invalid_value', 'The label is empty. Expected a name for the MCP server.', {
        param: `${param}.server_label`,
      });
    }
    if (server.url !== undefined) {
      this.#admitUrl(server.url, param);
      checkHeaders(server.headers, param);
      return server;
    }
    const config = this.#servers.get(server.label)?.config;
    if (!config || (config.tenants && !config.tenants.includes(tenant))) {
      const message = `Unknown MCP server '${server.label}'. Send its server_url, or the label of a configured server.`;
      throw new ApiError('invalid_value', message, { param: `${param}.server_label` });
    }
    return {
      ...server,
      ...omitUndefined({ description: server.description ?? config.description }),
      approval: stricterRule(config.approval, server.approval),
    };
  }

  mapsHosted(type: string): boolean {
    return this.#config.hosted.has(toHostedName(type));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server[Symbol.asyncDispose]()));
  }

  #admitUrl(text: string, param: string): void {
    const refuse = (message: string): never => {
      throw new ApiError('invalid_value', message, { param: `${param}.server_url` });
    };
    if (this.#config.requestServers === 'none')
      refuse('This server accepts no server_url. Expected the server_label of a configured server.');
    const url = URL.parse(text);
    if (!url || !/^https?:$/.test(url.protocol)) refuse('Invalid URL. Expected an http or https URL.');
    if (url?.username || url?.password) refuse('The URL must not contain a user or password. Use `authorization`.');
    const origins = this.#config.requestOrigins;
    if (origins && !origins.includes(url?.origin ?? '')) {
      refuse('This server does not accept MCP servers of this origin.');
    }
  }

  #toHosted(): ToolServers['hosted'] {
    return new Map(
      [...this.#config.hosted].flatMap(([type, { server: label, tool }]) =>
        this.#toOffered(label).map((server) => [type, { server, tool }] as const),
      ),
    );
  }

  #toOffered(label: string): RequestedServer[] {
    const config = this.#servers.get(label)?.config;
    if (!config) return [];
    return [{ label, approval: config.approval, ...omitUndefined({ description: config.description }) }];
  }

  #open(): ToolSession {
    return new McpSession({
      configured: this.#servers,
      connect: ({ headers }, url) => this.#connect(url, headers ?? {}),
    });
  }

  /** The rule of the configuration is applied again: it may have changed since the request was accepted. */
  async #connect(url: string, headers: Readonly<Record<string, string>>): Promise<Connection> {
    const { requestServers } = this.#config;
    if (requestServers === 'none') throw new ServerDownError('this server does not accept its URL');
    return await openConnection({
      reach: { kind: 'http', url, headers },
      connect: requestServers === 'public' ? connectPublicly(limits.mcpSocketMs) : undefined,
      version: this.#options.version,
      signal: AbortSignal.timeout(limits.mcpConnectMs),
      onLine: () => undefined,
      onOmitted: () => undefined,
    });
  }
}

function checkHeaders(headers: RequestedServer['headers'], param: string): void {
  const unsendable = Object.entries(headers ?? {}).find(([name, value]) => !isSendable(name, value));
  if (!unsendable) return;
  // The value may be a secret, so the message has the name alone.
  const message = `The header '${unsendable[0]}' cannot be sent: it is not valid in HTTP, or set by this server.`;
  throw new ApiError('invalid_value', message, { param: `${param}.headers` });
}
