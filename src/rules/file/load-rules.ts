import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '../../config/config-error.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { RuleSet } from '../rule-set.ts';
import { rulesLimits } from '../rules-limits.ts';
import { RulesDocument } from './rules-document.ts';

/** Throws an ApiError with the path of the first invalid value. */
export type CheckRules = (value: unknown) => void;

/**
 * Reads the text of a rules file, in YAML or JSON, and passes its rules on. Throws a ConfigError of one line with the
 * file, the line and the column: for invalid rules, and for those that `use` refuses.
 */
export function loadRules(
  { file, text }: { file: string; text: string },
  check: CheckRules,
  use: (set: RuleSet) => void,
): void {
  const document = new RulesDocument(file, text);
  const value = document.toValue();
  try {
    check(value);
    // It was checked.
    use(value as RuleSet);
  } catch (reason) {
    throw reason instanceof ApiError ? document.locate(reason) : reason;
  }
}

/** Throws a ConfigError for a file that cannot be read, or is too large. */
export function readText(file: string): string {
  try {
    if (statSync(file).size > rulesLimits.fileBytes) throw new Error(`larger than ${rulesLimits.fileBytes} bytes`);
    return readFileSync(file, 'utf8');
  } catch (reason) {
    const detail = reason instanceof Error && 'code' in reason ? reason.code : (reason as Error).message;
    throw new ConfigError(`Cannot read the rules file ${file} (${detail}).`);
  }
}
