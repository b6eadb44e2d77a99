import { recall, remember, toPrompts } from '../../src/verify/prompts.ts';

/** A question that `talaria verify` asks any model, and the script with which the offline agent does what it asks. */
type Rule = [pattern: RegExp, toScript: (match: RegExpExecArray, tools: readonly string[]) => string];

const prompts = toPrompts(false);

/** The slots of the templates. No text of an audit contains them. */
const name = 'name_of_a_function';
const first = { slot: 1 };
const second = { slot: 2 };

const rules: Rule[] = [
  [toPattern(prompts.say('{text}'), ['{text}']), ([, text = '']) => `/say ${JSON.stringify(text)}`],
  [
    toPattern(prompts.callTwice(name, first, second), [name, JSON.stringify(first), JSON.stringify(second)]),
    ([, tool, one, other]) => `/call ${tool} ${one}\n/call ${tool} ${other}`,
  ],
  [toPattern(prompts.call(name, first), [name, JSON.stringify(first)]), ([, tool, args]) => `/call ${tool} ${args}`],
  [
    toPattern(prompts.callTool('label', name, first), [name, 'label', JSON.stringify(first)]),
    // A server gives the tools of MCP servers names of its own, such as `label__name`.
    ([, tool = '', , args], tools) => `/call ${tools.find((one) => one.endsWith(tool)) ?? tool} ${args}`,
  ],
  // `long` and `endless` ask for the same.
  [toPattern(prompts.endless(), []), () => '/tokens 240 delay 25ms'],
  [toPattern(prompts.count(), []), () => '/tokens 60'],
  [toPattern(remember, []), () => '/say OK'],
];

function toLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Turns a template into a pattern with a group for each slot, in the order in which they occur. */
function toPattern(template: string, slots: readonly string[]): RegExp {
  const source = slots.reduce((text, slot) => text.replace(toLiteral(slot), () => '([^]+?)'), toLiteral(template));
  return new RegExp(`^${source}$`);
}

/** The word to remember is the answer to `recall`. */
const codeWord = /code word is (\S+?)\./.exec(remember)?.[1] ?? '';

export interface Conversation {
  /** The text before the last message of the user. */
  history: string;
  /** The names of the tools that the model may call. */
  tools: readonly string[];
}

/** Returns the script for a message, or undefined where the offline agent's own answer will do. */
export function toScript(message: string, { history, tools }: Conversation): string | undefined {
  if (message === recall) return history.includes(codeWord) ? `/say ${codeWord}` : undefined;
  for (const [pattern, toLines] of rules) {
    const match = pattern.exec(message);
    if (match) return toLines(match, tools);
  }
  return undefined;
}
