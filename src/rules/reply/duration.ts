import { createRuleError } from '../rule-error.ts';
import type { RuleDuration } from '../rule-set.ts';
import { rulesLimits } from '../rules-limits.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000 };

/** Parses a duration to milliseconds; omitted, it is 0. Throws `invalid_value` for one that is too long. */
export function toMilliseconds(duration: RuleDuration | undefined, param: string): number {
  const [, number = '0', unit = 'ms'] = /^([\d.]+)(ms|s|m)?$/.exec(`${duration ?? 0}`) ?? [];
  const milliseconds = Number(number) * unitMs[unit as keyof typeof unitMs];
  if (milliseconds <= rulesLimits.delayMs) return milliseconds;
  throw createRuleError(param, `expected at most ${rulesLimits.delayMs / 60_000} minutes`);
}
