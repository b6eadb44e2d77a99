import type { agentScenarios } from '../program.ts';
import type { Scenario } from './context.ts';
import { structuredOutput } from './formats.ts';
import { background, cancel, resume, twoTenants } from './runs.ts';
import { tools } from './tools.ts';
import { chain, plain, streamed } from './turns.ts';

export const scenarios: Record<(typeof agentScenarios)[number], Scenario> = {
  plain,
  streamed,
  tools,
  chain,
  cancel,
  'structured output': structuredOutput,
  background,
  resume,
  'two tenants': twoTenants,
};
