import type { AnsweredApproval, ApprovalWaiver, LoopRequest, RequestedServer } from '../../agent/loop/loop-request.ts';
import { missingToolChoice } from '../../agent/request/select-tool.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { includesHosted } from '../../tools/hosted-name.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import type { FoundTools } from './find-tools.ts';

interface LoopSources {
  servers: readonly RequestedServer[];
  approvals: readonly AnsweredApproval[];
  waivers: readonly ApprovalWaiver[] | undefined;
  tools: Pick<FoundTools, 'hosted'>;
}

/** Returns what a request asks of the tool loop. */
export function toLoopRequest(
  request: ResponseRequest,
  { servers, approvals, waivers, tools }: LoopSources,
): LoopRequest {
  const { tool_choice: choice, max_tool_calls: maxToolCalls, include } = request;
  return {
    servers: toAllowed(servers, choice),
    hosted: tools.hosted,
    approvals,
    ...omitUndefined({ choice: toChoice({ servers, tools }, request), maxToolCalls, include, waivers }),
    showsItems: true,
  };
}

type Choice = ResponseRequest['tool_choice'];

/** Returns the server whose tools, or the hosted tool that, the first reply must call. */
function toChoice(
  { servers, tools }: Pick<LoopSources, 'servers' | 'tools'>,
  { tool_choice: choice, tools: sent }: ResponseRequest,
): LoopRequest['choice'] {
  if (!choice || typeof choice === 'string') return undefined;
  const { type } = choice;
  if (includesHosted(tools.hosted, type)) return { hosted: type };
  if (type !== 'mcp') return undefined;
  const { server_label: server, name } = choice;
  if (servers.some(({ label }) => label === server)) return { server, ...omitUndefined({ tool: name }) };
  // An agent that speaks the Responses API reaches the servers with a URL itself.
  if (sent?.some((tool) => tool.type === 'mcp' && tool.server_label === server)) return undefined;
  throw missingToolChoice(server);
}

/** Returns the servers with those of their tools that a choice allows. */
function toAllowed(servers: readonly RequestedServer[], choice: Choice): readonly RequestedServer[] {
  if (!choice || typeof choice === 'string' || choice.type !== 'allowed_tools') return servers;
  return servers.map((server) => {
    const entries = choice.tools.filter(({ type, server_label }) => type === 'mcp' && server_label === server.label);
    const names = entries.flatMap(({ name }) => name ?? []);
    // An entry without a name allows them all.
    return names.length < entries.length ? server : narrow(server, names);
  });
}

function narrow(server: RequestedServer, chosen: readonly string[]): RequestedServer {
  const { allowed } = server;
  const names = allowed?.names ? chosen.filter((name) => allowed.names?.includes(name)) : chosen;
  return { ...server, allowed: { ...allowed, names } };
}
