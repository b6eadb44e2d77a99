import { Liquid } from 'liquidjs';
import { ApiError } from '../../errors/api-error.ts';
import type { Question } from '../match/question.ts';
import type { Groups } from '../match/text-matcher.ts';
import { createRuleError } from '../rule-error.ts';
import { rulesLimits } from '../rules-limits.ts';

/** The variables of a template. */
export interface TemplateScope extends Pick<Question, 'message' | 'instructions' | 'tools' | 'results' | 'turn'> {
  model: string;
  headers: Question['headers'];
  groups: Groups;
  /** How often the rule has matched. */
  n: number;
}

export type Template<T> = (scope: TemplateScope) => T;

const variables: Record<keyof TemplateScope, true> = {
  message: true,
  instructions: true,
  model: true,
  tools: true,
  results: true,
  turn: true,
  headers: true,
  groups: true,
  n: true,
};

/** Templates run no code, and read no files: `templates` replaces the file system. */
const liquid = new Liquid({
  templates: {},
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: rulesLimits.templateCharacters,
  renderLimit: rulesLimits.templateMs,
  memoryLimit: rulesLimits.templateMemory,
});

/** Compiles a text, which is a template if it has `{{` or `{%`. Throws `invalid_value` for an invalid template. */
export function compileTemplate(text: string, param: string): Template<string> {
  const tags = text.match(/\{\{|\{%/g)?.length ?? 0;
  if (tags === 0) return () => text;
  if (tags > rulesLimits.templateTags) {
    throw createRuleError(param, `expected at most ${rulesLimits.templateTags} of {{ and {%, but got ${tags}`);
  }
  const parsed = parse(text, param);
  return (scope) => {
    try {
      return liquid.renderSync(parsed, scope);
    } catch (cause) {
      throw new ApiError('internal_error', `The template of '${param}' failed: ${toMessage(cause)}`, { cause });
    }
  };
}

function parse(text: string, param: string) {
  try {
    const parsed = liquid.parse(text);
    const unknown = liquid.globalVariablesSync(parsed).find((name) => !Object.hasOwn(variables, name));
    if (unknown === undefined) return parsed;
    const known = Object.keys(variables).join(', ');
    throw createRuleError(param, `the template has the unknown variable '${unknown}'; expected one of: ${known}`);
  } catch (reason) {
    if (reason instanceof ApiError) throw reason;
    throw createRuleError(param, `expected a Liquid template (${toMessage(reason)})`);
  }
}

/** Compiles all strings of a JSON value. */
export function compileValue(value: unknown, param: string): Template<unknown> {
  if (typeof value === 'string') return compileTemplate(value, param);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileValue(item, `${param}[${index}]`));
    return (scope) => items.map((item) => item(scope));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const fields = Object.entries(value).map(([name, field]) => [name, compileValue(field, `${param}.${name}`)] as const);
  return (scope) => Object.fromEntries(fields.map(([name, field]) => [name, field(scope)]));
}

const toMessage = (reason: unknown): string => (reason instanceof Error ? reason.message : `${reason}`);
