import type { Breakages } from './breakage.ts';
import { chatBreakages } from './breakages/chat.ts';
import { edgeBreakages } from './breakages/edge.ts';
import { mcpBreakages } from './breakages/mcp.ts';
import { responseBreakages } from './breakages/responses.ts';
import { runBreakages } from './breakages/runs.ts';
import { stateBreakages } from './breakages/state.ts';
import { tenancyBreakages } from './breakages/tenancy.ts';

/** For each audit, a broken server that it must catch. */
export const breakages: Breakages = {
  ...chatBreakages,
  ...responseBreakages,
  ...mcpBreakages,
  ...stateBreakages,
  ...runBreakages,
  ...tenancyBreakages,
  ...edgeBreakages,
};
