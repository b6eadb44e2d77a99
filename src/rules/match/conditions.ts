import type { RuleConditions } from '../rule-set.ts';
import type { Question } from './question.ts';
import { quote } from './quote.ts';
import { compileGlob, compileText, type Groups, type TextMatcher } from './text-matcher.ts';

/** A condition of a rule. */
export interface Condition {
  /** Whether it holds. Adds what its regular expression captures to the groups. */
  holds(question: Question, groups?: Groups): boolean;
  /** Explains in one sentence why it does not hold. */
  explain(question: Question): string;
}

type ConditionName = Exclude<keyof RuleConditions, 'call'>;
type Compilers = { [Name in ConditionName]-?: (wanted: NonNullable<RuleConditions[Name]>, param: string) => Condition };

/** Every condition but `call`, cheap ones first: a new one does not compile without an entry here. */
const compilers: Compilers = {
  path: (path) => ({
    holds: (question) => question.path === path,
    explain: (question) => `The path is ${question.path ?? 'unknown'}, not ${path}.`,
  }),
  stream: (stream) => ({
    holds: ({ isStream }) => isStream === stream,
    explain: () => `The request ${stream ? 'does not ask' : 'asks'} for a stream.`,
  }),
  tool_results: (wanted) => ({
    holds: ({ results }) => results.length > 0 === wanted,
    explain: () => `The request ${wanted ? 'does not end' : 'ends'} with tool results.`,
  }),
  turn: (wanted) => ({
    holds: ({ turn }) => turn === wanted,
    explain: ({ turn }) => `The conversation has ${turn} user message${turn === 1 ? '' : 's'}, not ${wanted}.`,
  }),
  model: (glob) => {
    const { matches, expectation } = compileGlob(glob);
    return {
      holds: ({ model }) => model !== undefined && matches(model),
      explain: ({ model }) =>
        `The model is ${model === undefined ? 'not named' : quote(model)}; expected ${expectation}.`,
    };
  },
  tools: (globs) => {
    const wanted = globs.map(compileGlob);
    const findMissing = ({ tools }: Question) => wanted.find(({ matches }) => !tools.some((name) => matches(name)));
    return {
      holds: (question) => findMissing(question) === undefined,
      explain: (question) =>
        `The tool ${findMissing(question)?.expectation} is not offered; offered: ${question.tools.join(', ') || 'none'}.`,
    };
  },
  headers: (headers, param) => {
    const wanted = Object.entries(headers).map(([name, condition]) => ({
      name,
      matcher: compileText(condition, `${param}.${name}`),
    }));
    const isMet = ({ name, matcher }: (typeof wanted)[number], { headers }: Question, groups?: Groups) => {
      const value = headers[name.toLowerCase()];
      return value !== undefined && matcher.matches([value].flat().join(', '), groups);
    };
    return {
      holds: (question, groups) => wanted.every((header) => isMet(header, question, groups)),
      explain: (question) =>
        wanted
          .filter((header) => !isMet(header, question))
          .map(({ name, matcher }) => explainHeader(name, matcher, question))
          .join(' '),
    };
  },
  message: (condition, param) => onText('message', compileText(condition, param)),
  instructions: (condition, param) => onText('instructions', compileText(condition, param)),
};

const subjects = { message: 'The last user message is', instructions: 'The instructions are' } as const;

function onText(field: keyof typeof subjects, matcher: TextMatcher): Condition {
  return {
    holds: (question, groups) => matcher.matches(question[field], groups),
    explain: (question) => `${subjects[field]} ${quote(question[field])}; expected ${matcher.expectation}.`,
  };
}

/** Does not quote the value, which may be a key. */
function explainHeader(name: string, { expectation }: TextMatcher, { headers }: Question): string {
  const isMissing = headers[name.toLowerCase()] === undefined;
  return `The header ${name} ${isMissing ? 'is missing' : 'has another value'}; expected ${expectation}.`;
}

/** Compiles the conditions of a rule. Throws `invalid_value` for an invalid one. */
export function compileConditions(conditions: RuleConditions, param: string): Condition[] {
  return (Object.keys(compilers) as ConditionName[]).flatMap((name) => {
    const wanted = conditions[name];
    // The compiler cannot follow the pairs of names and values through a loop.
    const compile = compilers[name] as (wanted: unknown, param: string) => Condition;
    return wanted === undefined ? [] : compile(wanted, `${param}.${name}`);
  });
}
