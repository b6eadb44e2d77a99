import type { Plan, Step } from '../../agent/offline/step.ts';
import type { Entry } from '../../agent/replay/library.ts';
import type { Answer } from '../../agent/replay/read-answer.ts';
import { createRuleError } from '../rule-error.ts';
import type { RuleReply } from '../rule-set.ts';
import { checkHeaders } from './check-headers.ts';
import { compileContent, compileScript, contentFields } from './compile-content.ts';
import { toMilliseconds } from './duration.ts';
import { toExactError } from './exact-reply.ts';
import type { Template } from './templates.ts';

/** The dependencies of a reply beyond the rules. */
export interface ReplySources {
  /** Returns the answers of a recording. Throws an ApiError with the param for a file that cannot be read. */
  recording(file: string, param: string): readonly Entry[];
}

export type RuleFault = NonNullable<RuleReply['fault']>;

/** A reply that is ready to be played. */
export interface CompiledReply {
  delayMs: number;
  fault: RuleFault | undefined;
  /** Returns the answer to a request, or throws the ApiError that a reply with a status is. */
  answer(scope: Parameters<Template<unknown>>[0], callRounds: number): Plan | Answer;
}

const kinds = ['script', 'recording', 'status'] as const;
type Kind = (typeof kinds)[number] | 'content';

/** The fields beside `delay` that each kind of reply can have. */
const allowed: Record<Kind, readonly (keyof RuleReply)[]> = {
  content: [...contentFields, 'finish_reason', 'usage', 'first_token_delay', 'rate', 'fault'],
  script: ['script', 'finish_reason', 'usage', 'first_token_delay', 'rate', 'fault'],
  recording: ['recording', 'exchange'],
  status: ['status', 'headers', 'body'],
};

/**
 * Compiles a reply. Throws `invalid_value` with the path of the first value that is invalid, or contradicts another.
 */
export function compileReply(reply: RuleReply, param: string, sources: ReplySources): CompiledReply {
  const kind = kinds.find((name) => reply[name] !== undefined) ?? 'content';
  const names = Object.keys(reply) as (keyof RuleReply)[];
  const other = names.find((name) => name !== 'delay' && !allowed[kind].includes(name));
  if (other !== undefined) throw createRuleError(`${param}.${other}`, explainOther(other, kind));
  if (!names.some((name) => name === 'fault' || allowed[kind].includes(name))) {
    throw createRuleError(param, `expected one of: ${[...contentFields, ...kinds, 'fault'].join(', ')}`);
  }
  checkFault(reply, `${param}.fault`);
  checkHeaders(reply.headers, `${param}.headers`);
  return {
    delayMs: toMilliseconds(reply.delay, `${param}.delay`),
    fault: reply.fault,
    answer: compileAnswer(reply, param, { kind, sources }),
  };
}

function explainOther(name: keyof RuleReply, kind: Kind): string {
  const needs = (Object.keys(allowed) as Kind[]).filter((candidate) => allowed[candidate].includes(name));
  return kind === 'content'
    ? `it needs '${needs[0]}' beside it`
    : `it cannot be combined with '${kind}', which allows: ${[...allowed[kind], 'delay'].join(', ')}`;
}

function checkFault({ fault }: RuleReply, param: string): void {
  if (fault?.frame !== undefined && fault.kind !== 'malformed') {
    throw createRuleError(`${param}.frame`, "it needs the kind 'malformed'");
  }
  if (fault?.after !== undefined && fault.kind === 'no_done') {
    throw createRuleError(`${param}.after`, "the kind 'no_done' is always at the end");
  }
}

function compileAnswer(
  reply: RuleReply,
  param: string,
  { kind, sources }: { kind: Kind; sources: ReplySources },
): CompiledReply['answer'] {
  if (kind === 'recording') return compileRecording(reply, param, sources);
  if (kind === 'status') {
    return () => {
      throw toExactError(reply);
    };
  }
  const compile = kind === 'script' ? compileScript(reply, param) : compileContent(reply, param);
  const first = toMilliseconds(reply.first_token_delay, `${param}.first_token_delay`);
  const wait: Step[] = first > 0 ? [{ type: 'wait', milliseconds: first }] : [];
  return (scope, callRounds) => {
    const plan = compile(scope, callRounds);
    return { ...plan, steps: [...wait, ...plan.steps], ...toPlanFields(reply) };
  };
}

function toPlanFields({ rate, usage, finish_reason: reason }: RuleReply): Partial<Plan> {
  return {
    ...(rate === undefined ? {} : { rate }),
    ...(usage === undefined ? {} : { usage: toUsage(usage) }),
    ...(reason === undefined ? {} : { endReason: reasons[reason] }),
  };
}

const reasons = {
  stop: 'stop',
  tool_calls: 'tool-calls',
  length: 'length',
  content_filter: 'content-filter',
} as const;

function toUsage(usage: NonNullable<RuleReply['usage']>): NonNullable<Plan['usage']> {
  const {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_tokens: reasoning,
  } = usage;
  return {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

function compileRecording({ recording = '', exchange }: RuleReply, param: string, sources: ReplySources) {
  const entries = sources.recording(recording, `${param}.recording`);
  const entry = exchange === undefined ? entries[0] : entries.find((candidate) => candidate.exchange === exchange);
  if (entry) return () => entry.answer();
  const numbers = entries.map((candidate) => candidate.exchange).join(', ');
  const place = exchange === undefined ? 'recording' : 'exchange';
  throw createRuleError(`${param}.${place}`, `the recording has no such answer; it has: ${numbers || 'none'}`);
}
