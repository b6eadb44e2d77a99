import type { Random } from '../../helpers/random.ts';
import type { ToolName } from './tool-record.ts';

export interface PlannedTool {
  tool: ToolName;
  token: string;
  /** Milliseconds before and after the record. */
  ms: number;
}

/** The calls of one turn of the user. Each step is one reply of the model. */
export interface LoopPlan {
  name: string;
  steps: PlannedTool[][];
}

const prefix = 'plan ';
const mostMs = 25;
/** Of the steps, one in this many asks for a call that needs approval. */
const guardedEvery = 25;

/** Plans a loop of about 20 calls, some of them parallel, some of which need approval. */
export function createPlan(name: string, random: Random, length: number): LoopPlan {
  const toTool = (token: string, tool: ToolName): PlannedTool => ({ tool, token, ms: random(mostMs) });
  const pickTool = (): ToolName => (random(2) === 0 ? 'append' : random(2) === 0 ? 'read' : 'put');
  const steps = Array.from({ length }, (_, step) => {
    const isGuarded = random(guardedEvery) === 0;
    const parallel = random(4) === 0 ? 2 : 1;
    return Array.from({ length: parallel }, (_call, index) =>
      toTool(`${name}-${step}-${index}`, isGuarded && index === 0 ? 'guarded' : pickTool()),
    );
  });
  return { name, steps };
}

/** Returns the message of the user, from which the model reads its plan. */
export const toMessage = (plan: LoopPlan): string => prefix + JSON.stringify(plan);

export function readMessage(text: string): LoopPlan {
  if (!text.startsWith(prefix)) throw new Error(`"${text}" is not a plan.`);
  return JSON.parse(text.slice(prefix.length));
}

export const callsOf = ({ steps }: LoopPlan): PlannedTool[] => steps.flat();
