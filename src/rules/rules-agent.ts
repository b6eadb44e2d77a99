import { pause, throwIfAborted } from '../agent/abort.ts';
import type { AgentClient, AgentEventBatch, AgentRequest, RunOptions } from '../agent/agent-client.ts';
import { readLastTurn } from '../agent/offline/last-turn.ts';
import { createOfflineAgent } from '../agent/offline/offline-agent.ts';
import { withSettings } from '../agent/offline/plan-reply.ts';
import { playPlan } from '../agent/offline/play-plan.ts';
import { findScriptHeader } from '../agent/offline/read-script-header.ts';
import type { Answer } from '../agent/replay/read-answer.ts';
import { estimateInputTokens } from '../agent/usage/estimate-input-tokens.ts';
import { ApiError } from '../errors/api-error.ts';
import type { RuleMiss } from '../exchange.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import type { RuleMatch } from './match/live-rule.ts';
import type { Question } from './match/question.ts';
import { startFault, toCue } from './play-fault.ts';
import type { TemplateScope } from './reply/templates.ts';
import { type RuleBook, toRuleName } from './rule-book.ts';

/** As that of the offline agent, so that answers are the same everywhere: 2026-01-01T00:00:00Z. */
const created = 1_767_225_600;

/** Creates an agent that answers by rules. The offline agent answers other requests, unless the rules are strict. */
export function createRulesAgent(book: RuleBook): AgentClient {
  const offline = createOfflineAgent();
  return {
    async models({ signal }) {
      throwIfAborted(signal);
      return book.models.map((id) => ({ id, created, ownedBy: 'talaria' }));
    },
    async run(request, options) {
      const { signal, exchange } = options;
      throwIfAborted(signal);
      if (findScriptHeader(exchange) !== undefined) {
        if (exchange) exchange.verdict = { outcome: 'script' };
        return offline.run(request, options);
      }
      const { verdict, match, question } = book.match(request, exchange);
      if (exchange) exchange.verdict = verdict;
      if (match) return play(request, options, { match, question });
      if (book.isStrict) throw noRuleMatched(verdict.outcome === 'unmatched' ? verdict.misses : []);
      return offline.run(request, options);
    },
    async [Symbol.asyncDispose]() {},
  };
}

interface Chosen {
  match: RuleMatch;
  question: Question;
}

async function play(
  request: AgentRequest,
  { signal, exchange }: RunOptions,
  { match: { reply, groups, count }, question }: Chosen,
): Promise<AsyncIterable<AgentEventBatch>> {
  const { delayMs, fault } = reply;
  const answer = reply.answer.bind(reply, toScope(question, groups, count), readLastTurn(request).callRounds);
  if (delayMs > 0) await pause(delayMs, signal);
  if (fault) await startFault(fault, { signal, exchange });
  const planned = answer();
  if ('batches' in planned) {
    if (planned.refusal) throw planned.refusal;
    return replay(planned, signal);
  }
  const plan = { ...withSettings(planned, request), ...(fault ? toCue(fault, { signal, exchange }) : {}) };
  const inputTokens = await estimateInputTokens(request);
  throwIfAborted(signal);
  return playPlan(plan, { inputTokens, signal, ...omitUndefined({ topLogprobs: request.settings.topLogprobs }) });
}

function toScope(question: Question, groups: TemplateScope['groups'], n: number): TemplateScope {
  const { message, instructions, model = '', tools, results, turn, headers } = question;
  return { message, instructions, model, tools, results, turn, headers, groups, n };
}

/** Plays a recorded answer without its pauses. */
async function* replay({ batches, failure }: Answer, signal: AbortSignal): AsyncGenerator<AgentEventBatch> {
  for (const { events } of batches) {
    throwIfAborted(signal);
    yield events;
  }
  if (failure) throw failure;
}

function noRuleMatched(misses: readonly RuleMiss[]): ApiError {
  const reasons = misses.map((miss) => `${toRuleName(miss)}: ${miss.reasons.join(' ')}`);
  const list = reasons.length === 0 ? 'There are no rules.' : `The nearest are: ${reasons.join(' | ')}`;
  return new ApiError('no_rule_matched', `No rule matches the request. ${list}`);
}
