import { createHash } from 'node:crypto';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentTool } from '../../tools/agent-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import { toHostedName } from '../../tools/hosted-name.ts';
import type { PlannedCall } from './journal-step.ts';
import type { ApprovalWaiver, LoopRequest, RequestedServer, ServerTool } from './loop-request.ts';
import { needsApproval, selectsTool } from './needs-approval.ts';

/** A server-side tool that the model can call. */
export interface OfferedTool {
  server: RequestedServer;
  tool: ServerTool;
  needsApproval: boolean;
  /** The type of the hosted tool that it stands for. */
  hosted?: string;
}

type CallTarget = Pick<PlannedCall, 'server' | 'tool' | 'hosted' | 'approvalId'>;

/** A server with its tools. */
export interface ListedServer {
  server: RequestedServer;
  tools: readonly ServerTool[];
}

/** A tool that stands for a hosted one. The model knows it by the type. */
export interface HostedTool {
  type: string;
  server: RequestedServer;
  tool: ServerTool;
}

/** The server-side tools of one run, by the names that the model sees. */
export class OfferedTools {
  readonly #tools = new Map<string, OfferedTool>();
  readonly #taken: ReadonlySet<string>;
  /** The tools that clients cannot approve. */
  readonly withheld: OfferedTool[] = [];

  /** `taken`: the names of the client's tools. */
  constructor(servers: readonly ListedServer[], hosted: readonly HostedTool[], options: OfferOptions) {
    this.#taken = new Set(options.taken);
    const names = new Set(options.taken);
    const asks = (server: RequestedServer, tool: ServerTool) =>
      needsApproval(server.approval, tool) && !isWaived(options.waivers, { server: server.label, tool: tool.name });
    for (const { type, server, tool } of hosted) {
      this.#add(names, type, { server, tool, hosted: type, needsApproval: asks(server, tool) }, options);
    }
    for (const { server, tools } of servers) {
      for (const tool of tools) {
        if (server.allowed && !selectsTool(server.allowed, tool)) continue;
        const offered = { server, tool, needsApproval: asks(server, tool) };
        this.#add(names, toFlatName(tool.name, server.label), offered, options);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#tools.size === 0;
  }

  /** Returns the tools as the model sees them. */
  get agentTools(): AgentTool[] {
    return [...this.#tools].map(([name, { tool }]) => toAgentTool(name, tool));
  }

  find(name: string): OfferedTool | undefined {
    return this.#tools.get(name);
  }

  /**
   * Returns the tool of a planned call, if it is still offered. A tool that stands for a hosted one is found only by a
   * call of that type, or by an approved call, whose type is unknown.
   */
  findTool({ server, tool, hosted, approvalId }: CallTarget): OfferedTool | undefined {
    const found = [...this.#tools.values()].filter(
      (offered) => offered.server.label === server && offered.tool.name === tool,
    );
    return found.find((offered) => offered.hosted === hosted) ?? (approvalId === undefined ? undefined : found[0]);
  }

  /** Returns the model's names of a server's tools, of one of them, or of those that stand for a hosted tool. */
  namesOf(choice: NonNullable<LoopRequest['choice']>): string[] {
    return [...this.#tools].filter(([, offered]) => isChosen(offered, choice)).map(([name]) => name);
  }

  /**
   * Returns the server and the tool that an unknown name means. The server is empty when the name has the prefix of none,
   * or is that of a client's tool.
   */
  guess(name: string): { server: string; tool: string } {
    if (this.#taken.has(name)) return { server: '', tool: name };
    const servers = new Set(this.#tools.values().map(({ server }) => server.label));
    const server = servers.values().find((label) => name.startsWith(`${label}__`));
    return server === undefined ? { server: '', tool: name } : { server, tool: name.slice(server.length + 2) };
  }

  #add(names: Set<string>, wanted: string, offered: OfferedTool, { canApprove }: OfferOptions): void {
    if (offered.needsApproval && !canApprove) {
      this.withheld.push(offered);
      return;
    }
    const name = names.has(wanted) ? toUniqueName(wanted, offered) : wanted;
    names.add(name);
    this.#tools.set(name, offered);
  }
}

export interface OfferOptions {
  taken: Iterable<string>;
  /** Whether clients can be asked for approval. */
  canApprove: boolean;
  /** Calls that an operator has freed from approval. */
  waivers?: readonly ApprovalWaiver[] | undefined;
}

const isWaived = (
  waivers: readonly ApprovalWaiver[] = [],
  { server, tool }: { server: string; tool: string },
): boolean => waivers.some((waiver) => waiver.server === server && (waiver.tool === undefined || waiver.tool === tool));

function isChosen({ server, tool, hosted }: OfferedTool, choice: NonNullable<LoopRequest['choice']>): boolean {
  if ('hosted' in choice) return hosted !== undefined && toHostedName(hosted) === toHostedName(choice.hosted);
  return server.label === choice.server && (choice.tool === undefined || tool.name === choice.tool);
}

const digestLength = 8;

/** Returns another name, the same each time, for a tool whose name is taken. */
function toUniqueName(wanted: string, { server, tool }: OfferedTool): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([server.label, tool.name]))
    .digest('hex');
  return toFlatName(`${wanted}_${digest.slice(0, digestLength)}`);
}

const toAgentTool = (name: string, { description, inputSchema }: ServerTool): AgentTool => ({
  name,
  ...omitUndefined({ description }),
  parameters: inputSchema,
});
