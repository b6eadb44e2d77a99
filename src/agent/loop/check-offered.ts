import { ApiError } from '../../errors/api-error.ts';
import type { ServerLists } from './list-servers.ts';
import type { AnsweredApproval } from './loop-request.ts';
import type { OfferedTools } from './offered-tools.ts';

interface OfferSources {
  offered: OfferedTools;
  lists: ServerLists;
  /** The labels of all servers. */
  labels: ReadonlySet<string>;
}

/**
 * Throws an ApiError for an approved call whose tool the request does not offer. The model reads about a tool that its
 * server no longer lists, and one whose server is down, as it does for other calls.
 */
export function checkOffered({ id, server, tool }: AnsweredApproval, { offered, lists, labels }: OfferSources): void {
  if (offered.findTool({ server, tool, approvalId: id })) return;
  // The list of a server has its allowed tools alone.
  const { names, readOnly } = lists.servers.find((list) => list.server.label === server)?.server.allowed ?? {};
  const isExcluded = (names && !names.includes(tool)) || readOnly !== undefined;
  if (labels.has(server) && !isExcluded) return;
  const message =
    `The request does not offer the tool '${tool}' of the MCP server '${server}', whose call approval request '${id}' ` +
    "is for. Expected the same 'tools' as in the request whose response asked, and no 'tool_choice' that excludes it.";
  throw new ApiError('invalid_value', message, { param: 'tools' });
}
