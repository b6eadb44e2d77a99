import { RE2JS } from 're2js';
import { matchesGlob } from '../../matches-glob.ts';
import { createRuleError } from '../rule-error.ts';
import type { RuleText } from '../rule-set.ts';
import { quote } from './quote.ts';

/** The captures of regular expressions, by the number and the name of the group. */
export type Groups = Record<string, string>;

export interface TextMatcher {
  /** Whether the text matches. Adds what it captures to the groups. */
  matches(text: string, groups?: Groups): boolean;
  /** The expected text, for the end of a message. */
  expectation: string;
}

/** Compiles a condition on a text. Throws `invalid_value` for an invalid regular expression. */
export function compileText(condition: RuleText, param: string): TextMatcher {
  if (typeof condition === 'string') return compileGlob(condition);
  const { text, contains, glob, regex } = condition;
  if (text !== undefined) return { matches: (other) => other === text, expectation: quote(text) };
  if (contains !== undefined) {
    return { matches: (other) => other.includes(contains), expectation: `a text with ${quote(contains)}` };
  }
  return regex === undefined ? compileGlob(glob ?? '*') : compileRegex(regex, `${param}.regex`);
}

/** Compiles a pattern for a whole text: `*` stands for any text, `?` for one character. */
export function compileGlob(glob: string): TextMatcher {
  return { matches: (text) => matchesGlob(text, glob), expectation: quote(glob) };
}

function compileRegex(regex: string, param: string): TextMatcher {
  const pattern = toPattern(regex, param);
  const names = Object.entries(pattern.namedGroups());
  return {
    matches(text, groups) {
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return false;
      if (!groups) return true;
      for (let index = 0; index <= pattern.groupCount(); index++) groups[index] = matcher.group(index) ?? '';
      for (const [name, index] of names) groups[name] = matcher.group(index) ?? '';
      return true;
    },
    expectation: `a match of /${regex}/`,
  };
}

/** RE2 runs in time proportional to the text, whatever the expression. */
function toPattern(regex: string, param: string): RE2JS {
  try {
    // The syntax of JavaScript for named groups.
    return RE2JS.compile(
      regex.replaceAll('(?<', (group, at: number) => (/[=!]/.test(regex[at + 3] ?? '') ? group : '(?P<')),
    );
  } catch (reason) {
    const detail = reason instanceof Error ? reason.message : `${reason}`;
    throw createRuleError(param, `expected a regular expression in the syntax of RE2 (${detail})`);
  }
}
