import type { Breakages } from './breakage.ts';
import { chatBreakages } from './breakages/chat.ts';
import { edgeBreakages } from './breakages/edge.ts';
import { responseBreakages } from './breakages/responses.ts';
import { stateBreakages } from './breakages/state.ts';

/** For each audit a server that it must catch. */
export const breakages: Breakages = { ...chatBreakages, ...responseBreakages, ...stateBreakages, ...edgeBreakages };
