import type { SteerId } from '../../ids.ts';
import type { AgentEndReason, AgentMessage, AgentPart, AgentUsage, ItemProviderData } from '../agent-message.ts';
import type { ServerTool } from './loop-request.ts';

/** A call of a server-side tool, as one reply of the model asked for it. */
export interface PlannedCall {
  /** The id of the call for the model. */
  callId: string;
  /** The id of its item: `mcp_…`. */
  itemId: string;
  /** The label of the server. */
  server: string;
  tool: string;
  /** The JSON text that the model wrote, which may be invalid. */
  arguments: string;
  /** The id of the approval request: of the one that it waits for, or of the one that allowed it. */
  approvalId?: string;
  /** The type of the hosted tool that it stands for, such as `web_search`. */
  hosted?: string;
  /** Whether the client asked for the details of the hosted tool: its sources, results or outputs. */
  isDetailed?: true;
  /** Provider data, which later turns need. */
  provider?: ItemProviderData;
}

/**
 * One step of a run, committed in one transaction with the events that it explains, before it is sent or begun. A run
 * that is resumed after a crash continues at its first unfinished step; a finished step never runs again.
 */
export type JournalStep =
  /** The tools of a server are listed: later executions of the run offer the same ones. */
  | { type: 'tools-listed'; server: string; tools: readonly ServerTool[] }
  /**
   * One reply of the model is whole. `message` is the assistant message for the next request. `calls` are those of its
   * calls that this server runs. `end` is how the run ends after them, unless it `continues`.
   */
  | {
      type: 'reply-finished';
      message: Extract<AgentMessage, { role: 'assistant' }>;
      calls: readonly PlannedCall[];
      /** Results of those of its calls that the agent ran itself. */
      results?: readonly Extract<AgentMessage, { role: 'tool' }>[];
      /** The reply as Responses items, for an agent that speaks that API. */
      items?: readonly Record<string, unknown>[];
      /** Whether the model is asked again with the results of the calls. */
      continues?: true;
      end: { reason: AgentEndReason; detail?: string };
      usage?: AgentUsage;
      agentState?: string;
    }
  /** The client answered an approval, and this run honours the answer. `call` is set when it was approved. */
  | { type: 'approval-answered'; id: string; approve: boolean; reason?: string; call?: PlannedCall }
  | { type: 'approval-asked'; callId: string; approvalId: string }
  /** The tool was about to be called. Its effect is unknown until `tool-finished`. Repeated when it is run again. */
  | { type: 'tool-started'; callId: string }
  /**
   * `interrupted`: the tool was not run to its end, because its server stopped earlier. `approvalId`: the tool asks for a
   * confirmation, for which the client is asked with an approval request of this id.
   */
  | {
      type: 'tool-finished';
      callId: string;
      content: readonly AgentPart[];
      isError: boolean;
      interrupted?: true;
      approvalId?: string;
    }
  /**
   * Input of the user that ends the run at the next tool boundary and continues in a successor. `request` is set on the
   * first one: the stored request from which any server can start the successor, without its input.
   */
  | { type: 'steer-accepted'; id: SteerId; input: unknown; request?: string };
