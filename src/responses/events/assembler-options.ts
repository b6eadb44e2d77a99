import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { KeptItems } from './kept-state.ts';
import type { LoggedItem } from './logged-item.ts';

export interface AssemblerOptions {
  /** Maps the agent's tool names to those of the client. */
  tools: ToolSet;
  reasoningAsSummary: boolean;
  /** Returns the `encrypted_content` of reasoning; `undefined` when the client did not ask for it. */
  seal: ((text: string) => string) | undefined;
  /** Returns the `encrypted_content` that carries a call of the tool loop. Omitted: no item carries calls. */
  sealCall?: ((item: StoredItem) => string) | undefined;
  /** The types of events sent before this run; numbering continues after them. */
  sentTypes?: readonly string[];
  /** The output of earlier executions of the run. */
  logged?: readonly LoggedItem[];
  /** What they keep of it. */
  kept?: KeptItems;
  /** Their steps. */
  journal?: readonly JournalStep[];
}
