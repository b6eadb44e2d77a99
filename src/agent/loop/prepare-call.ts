import { limits } from '../../config/limits.ts';
import { interruptedCall } from '../../tools/interrupted-call.ts';
import type { PlannedCall } from './journal-step.ts';
import type { RequestedServer } from './loop-request.ts';
import type { LoopState } from './loop-state.ts';
import type { OfferedTool, OfferedTools } from './offered-tools.ts';
import { parseArguments } from './parse-arguments.ts';
import type { ToolResult, ToolSession } from './tool-session.ts';

export interface PrepareOptions {
  session: ToolSession;
  offered: OfferedTools;
  state: LoopState;
  /** Whether calls are reported as items. */
  showsItems: boolean;
}

/** A call that runs, or has a result without running. */
export interface PreparedCall {
  planned: PlannedCall;
  isShown: boolean;
  /** Whether an earlier execution reported the start of its item. */
  isOpen: boolean;
  isInterrupted: boolean;
  /** Omitted: it does not run. */
  server?: RequestedServer;
  args?: Record<string, unknown>;
  /** Omitted: it runs. */
  result?: ToolResult;
}

/** Decides whether a call runs. A tool that was interrupted runs again only if that is safe, or configured. */
export function prepareCall(
  planned: PlannedCall,
  { session, offered, state, showsItems }: PrepareOptions,
): PreparedCall {
  const isOpen = state.hasStarted(planned.callId);
  const base = { planned, isShown: showsItems, isOpen, isInterrupted: false };
  const interruptions = state.interruptionsOf(planned) + (isOpen ? 1 : 0);
  const found = offered.findTool(planned);
  if (interruptions >= limits.toolInterruptions) return { ...base, isInterrupted: true, result: toError(tooOften) };
  if (isOpen && !(found && mayRunAgain(found, session))) {
    return { ...base, isInterrupted: true, result: toError(interruptedCall) };
  }
  if (!found) return { ...base, result: toError(`The tool '${planned.tool}' does not exist.`) };
  const args = parseArguments(planned.arguments);
  if (!args) return { ...base, result: toError(invalidArguments) };
  // The rules may have become stricter since the call was planned.
  const isApproved = !found.needsApproval || planned.approvalId !== undefined;
  return isApproved ? { ...base, server: found.server, args } : { ...base, result: toError(unapproved) };
}

function mayRunAgain({ server, tool: { annotations = {} } }: OfferedTool, session: ToolSession): boolean {
  const rule = session.rerunRule(server);
  if (rule !== 'safe') return rule === 'always';
  return annotations['readOnlyHint'] === true || annotations['idempotentHint'] === true;
}

const toError = (text: string): ToolResult => ({ content: [{ type: 'text', text }], isError: true });

const tooOften = 'The tool was interrupted several times in a row. It is not run again in this response.';
const unapproved = 'The tool needs an approval, which this call does not have. It did not run.';
const invalidArguments = 'The arguments are invalid. Expected a JSON object.';
