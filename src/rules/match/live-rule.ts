import type { RuleReference } from '../../exchange.ts';
import { type CompiledReply, compileReply, type ReplySources } from '../reply/compile-reply.ts';
import type { Rule } from '../rule-set.ts';
import { type Condition, compileConditions } from './conditions.ts';
import type { Question } from './question.ts';
import { createRandom } from './random.ts';
import type { Groups } from './text-matcher.ts';

export interface RuleMatch {
  reply: CompiledReply;
  groups: Groups;
  /** How often the rule has matched, this time included. */
  count: number;
}

/** A compiled rule with its counts. */
export class LiveRule {
  readonly rule: Rule;
  readonly reference: RuleReference;
  /** How often it has matched. */
  matched = 0;
  /** How many requests have met its conditions. */
  #met = 0;
  readonly #conditions: readonly Condition[];
  readonly #replies: readonly CompiledReply[];
  readonly #random: () => number;

  /** Throws `invalid_value` with the path of the first invalid value. */
  constructor(rule: Rule, index: number, { seed, sources }: { seed: number; sources: ReplySources }) {
    const param = `rules[${index}]`;
    this.rule = rule;
    this.reference = { rule: index, ...(rule.name === undefined ? {} : { name: rule.name }) };
    this.#conditions = compileConditions(rule.when ?? {}, `${param}.when`);
    this.#replies = Array.isArray(rule.reply)
      ? rule.reply.map((reply, place) => compileReply(reply, `${param}.reply[${place}]`, sources))
      : [compileReply(rule.reply, `${param}.reply`, sources)];
    this.#random = createRandom(Math.imul(seed, 31) + index);
  }

  /** Matches a request and counts it. */
  match(question: Question): RuleMatch | undefined {
    const groups: Groups = {};
    if (this.#isUsedUp || !this.#conditions.every((condition) => condition.holds(question, groups))) return undefined;
    this.#met += 1;
    if (!this.#isMeantCall) return undefined;
    const { chance } = this.rule;
    if (chance !== undefined && this.#random() >= chance) return undefined;
    this.matched += 1;
    const reply = this.#replies[Math.min(this.matched, this.#replies.length) - 1];
    return reply && { reply, groups, count: this.matched };
  }

  /** Explains why the rule did not match a request that it has counted: one sentence for each reason. */
  explain(question: Question): string[] {
    if (this.#isUsedUp) return [`It has matched ${this.matched} of ${this.rule.times} times.`];
    const failed = this.#conditions.filter((condition) => !condition.holds(question));
    if (failed.length > 0) return failed.map((condition) => condition.explain(question));
    if (!this.#isMeantCall) {
      return [
        `It is call ${this.#met} that meets the other conditions, not ${[this.rule.when?.call].flat().join(' or ')}.`,
      ];
    }
    return [`Its chance of ${this.rule.chance} did not come up.`];
  }

  get #isUsedUp(): boolean {
    return this.rule.times !== undefined && this.matched >= this.rule.times;
  }

  get #isMeantCall(): boolean {
    const call = this.rule.when?.call;
    return call === undefined || [call].flat().includes(this.#met);
  }
}
