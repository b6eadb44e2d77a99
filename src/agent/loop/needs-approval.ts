import type { ApprovalRule, ServerTool, ToolFilter } from './loop-request.ts';

/** Whether a call of the tool needs the approval of the client. */
export function needsApproval(rule: ApprovalRule, tool: ServerTool): boolean {
  if (rule === 'always') return true;
  if (rule === 'never') return false;
  if ('stricterOf' in rule) return rule.stricterOf.some((part) => needsApproval(part, tool));
  const { always, never } = rule;
  if (always && selectsTool(always, tool)) return true;
  return !(never && selectsTool(never, tool));
}

/** Combines the rules of the configuration and of a client. The client cannot lift an approval. */
export function stricterRule(configured: ApprovalRule, requested: ApprovalRule): ApprovalRule {
  if (configured === 'never') return requested;
  if (requested === 'never') return configured;
  if (configured === 'always' || requested === 'always') return 'always';
  return { stricterOf: [configured, requested] };
}

/** Whether a filter selects the tool. */
export function selectsTool({ names, readOnly }: ToolFilter, { name, annotations }: ServerTool): boolean {
  if (names && !names.includes(name)) return false;
  return readOnly === undefined || readOnly === (annotations?.['readOnlyHint'] === true);
}
