import { ApiError } from '../../errors/api-error.ts';
import type { AgentTool } from '../../tools/agent-tool.ts';
import type { AgentRequest } from '../agent-client.ts';
import { type LastTurn, readLastTurn } from './last-turn.ts';
import { bestMatch, matchTools } from './match-tools.ts';
import { type Directive, parseDirectives } from './parse-directives.ts';
import { plainReply, shorten } from './plain-reply.ts';
import { planScript } from './plan-script.ts';
import { createSampleBudget, type SampleBudget, sampleSchema } from './schema/sample-schema.ts';
import type { Plan, Step } from './step.ts';

/**
 * Plans the answer to a request, without side effects. A script of its header takes precedence, then one in the last
 * user message, then tools, then the output format, then plain text. Throws the `ApiError` that a script requests, or
 * `invalid_value` for a malformed script.
 */
export function planReply(request: AgentRequest, headerScript?: Directive[][]): Plan {
  const turn = readLastTurn(request);
  const script = (headerScript ?? parseDirectives(turn.text))?.[turn.callRounds];
  const plan = script === undefined ? { steps: answer(request, turn) } : planScript(script);
  return withSettings(plan, request);
}

/** Returns the plan within the token limit and the stop sequences of a request. */
export function withSettings(plan: Plan, { settings }: Pick<AgentRequest, 'settings'>): Plan {
  const { maxOutputTokens, stop = [] } = settings;
  const tokenLimit = Math.min(plan.tokenLimit ?? Number.POSITIVE_INFINITY, maxOutputTokens ?? Number.POSITIVE_INFINITY);
  return { ...plan, tokenLimit, steps: cutAtStop(plan.steps, stop) };
}

function answer(request: AgentRequest, turn: LastTurn): Step[] {
  const calls = chooseTools(request, turn);
  const budget = createSampleBudget();
  if (calls.length > 0) return calls.map((tool) => toToolCall(tool, budget));
  return [{ type: 'text', text: formatReply(request, turn) }];
}

function chooseTools({ tools, toolChoice, parallelToolCalls }: AgentRequest, turn: LastTurn): AgentTool[] {
  if (toolChoice === 'none') return [];
  if (typeof toolChoice === 'object') return [findTool(tools, toolChoice.name)];
  const matches = matchTools(tools, turn.text);
  const wanted = parallelToolCalls === false ? matches.slice(0, 1) : matches;
  if (toolChoice === 'auto') return turn.results.length > 0 ? [] : wanted;
  return wanted.length > 0 ? wanted : [findTool(tools, bestMatch(tools, turn.text)?.name)];
}

function findTool(tools: AgentTool[], name: string | undefined): AgentTool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool !== undefined) return tool;
  const message =
    name === undefined ? 'tool_choice requires a tool, but tools is empty.' : `The tool '${name}' is not in tools.`;
  throw new ApiError('invalid_value', message, { param: 'tool_choice' });
}

function toToolCall({ name, parameters }: AgentTool, budget: SampleBudget): Step {
  const sample = parameters === undefined ? {} : sampleSchema({ type: 'object', ...parameters }, budget);
  return { type: 'tool-call', name, arguments: JSON.stringify(sample) };
}

function formatReply({ format }: AgentRequest, turn: LastTurn): string {
  switch (format?.type) {
    case undefined:
      return plainReply(turn);
    case 'json_object':
      return JSON.stringify({
        agent: 'offline',
        turn: turn.turn,
        message: shorten(turn.text.trim()),
        ...toolOutputs(turn),
      });
    case 'json_schema':
      return JSON.stringify(sampleSchema(format.schema));
    default:
      return format satisfies never;
  }
}

function toolOutputs({ results }: LastTurn): { results?: string[] } {
  return results.length === 0 ? {} : { results: results.map(({ output }) => shorten(output)) };
}

/** Ends the answer before the first stop sequence in its text. */
function cutAtStop(steps: Step[], stop: string[]): Step[] {
  for (const [index, step] of steps.entries()) {
    if (step.type !== 'text') continue;
    const ends = stop.filter((sequence) => sequence !== '').map((sequence) => step.text.indexOf(sequence));
    const end = Math.min(...ends.filter((position) => position !== -1));
    if (end !== Number.POSITIVE_INFINITY) return [...steps.slice(0, index), { ...step, text: step.text.slice(0, end) }];
  }
  return steps;
}
