import type { AgentRequest } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';
import type { Exchange, RuleMiss, RuleReference, RuleVerdict } from '../exchange.ts';
import { LiveRule, type RuleMatch } from './match/live-rule.ts';
import { type Question, toQuestion } from './match/question.ts';
import type { ReplySources } from './reply/compile-reply.ts';
import type { RuleSet } from './rule-set.ts';
import { rulesLimits } from './rules-limits.ts';

/** Valid rules, and where they come from. */
export interface RuleSource {
  kind: 'file' | 'replaced' | 'none';
  set: RuleSet;
  sources: ReplySources;
}

/** How a request was matched. */
export interface Found {
  verdict: RuleVerdict;
  question: Question;
  match: RuleMatch | undefined;
}

interface Edition extends RuleSource {
  rules: readonly LiveRule[];
}

/** The rules that an agent answers with now, and their counts. */
export class RuleBook {
  readonly #isStrict: boolean;
  #edition: Edition;
  /** The choices of one completion share their messages, and get the same reply. */
  readonly #found = new WeakMap<AgentRequest['messages'], Found>();

  /** `isStrict`: whether the server is strict, whatever the rules say. Throws `invalid_value` as `replace` does. */
  constructor(source: RuleSource, { isStrict }: { isStrict: boolean }) {
    this.#isStrict = isStrict;
    this.#edition = compile(source);
  }

  /** Replaces the rules and sets all counts to 0. Throws `invalid_value`, without any change, for invalid rules. */
  replace(source: RuleSource): void {
    this.#edition = compile(source);
  }

  get isStrict(): boolean {
    return this.#isStrict || (this.#edition.set.strict ?? false);
  }

  /** The models to list, the default first. */
  get models(): readonly string[] {
    const { models, rules } = this.#edition.set;
    if (models) return models;
    const named = rules.flatMap(({ when }) => when?.model ?? []).filter((model) => !/[*?]/.test(model));
    return named.length > 0 ? [...new Set(named)] : ['rules'];
  }

  /** Finds the first rule that matches, and counts it. */
  match(request: AgentRequest, exchange: Exchange | undefined): Found {
    const isShared = (request.answers ?? 1) > 1;
    const found = (isShared ? this.#found.get(request.messages) : undefined) ?? this.#find(request, exchange);
    if (isShared) this.#found.set(request.messages, found);
    return found;
  }

  report(agent: string): Schemas['RuleReport'] {
    const { kind, set, rules } = this.#edition;
    return {
      object: 'rules',
      agent,
      source: kind,
      strict: this.isStrict,
      seed: set.seed ?? 0,
      models: [...this.models],
      rules: rules.map(({ rule, matched }) => ({ name: rule.name ?? null, matched, rule })),
    };
  }

  #find(request: AgentRequest, exchange: Exchange | undefined): Found {
    const question = toQuestion(request, exchange);
    const { rules } = this.#edition;
    for (const rule of rules) {
      const match = rule.match(question);
      if (!match) continue;
      return { question, match, verdict: { outcome: 'matched', ...rule.reference, count: match.count } };
    }
    return { question, match: undefined, verdict: { outcome: 'unmatched', misses: listMisses(rules, question) } };
  }
}

function compile(source: RuleSource): Edition {
  const { set, sources } = source;
  const seed = set.seed ?? 0;
  return { ...source, rules: set.rules.map((rule, index) => new LiveRule(rule, index, { seed, sources })) };
}

/** Lists the nearest rules: those with the fewest reasons first. */
function listMisses(rules: readonly LiveRule[], question: Question): RuleMiss[] {
  return rules
    .map((rule) => ({ ...rule.reference, reasons: rule.explain(question) }))
    .sort((one, other) => one.reasons.length - other.reasons.length)
    .slice(0, rulesLimits.misses);
}

/** Names a rule in a message. */
export const toRuleName = ({ rule, name }: RuleReference): string =>
  name === undefined ? `rules[${rule}]` : `"${name}" (rules[${rule}])`;
