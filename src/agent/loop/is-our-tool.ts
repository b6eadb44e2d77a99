import { toFields, toStringOf } from '../fields.ts';
import type { OfferedTools } from './offered-tools.ts';

/** Whether a tool, or a choice of one, is run by this server, not by an agent that speaks the Responses API. */
export function isOurTool(
  tool: unknown,
  { labels, offered }: { labels: ReadonlySet<string>; offered: OfferedTools },
): boolean {
  const { type, server_label: label } = toFields(tool);
  if (type === 'mcp') return labels.has(toStringOf(label));
  return typeof type === 'string' && offered.find(type)?.hosted === type;
}
