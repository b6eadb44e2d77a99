/**
 * Prompts that make the agent do what an audit checks. Talaria's offline agent follows a script; any other model is
 * asked in plain words. Only this file knows the difference.
 */
export interface Prompts {
  /** Whether a prompt always gets the same answer, so that texts can be compared. */
  readonly exact: boolean;
  say(text: string): string;
  /** Calls the function, without text. */
  call(name: string, args: object): string;
  /** Calls the function twice in one turn. */
  callTwice(name: string, first: object, second: object): string;
  /** Calls a tool of an MCP server, then answers with its result. */
  callTool(label: string, name: string, args: object): string;
  /** A long answer, for audits of a running response: at least two seconds where possible. */
  long(): string;
  /** A longer answer, to be stopped before its end even on a slow machine. */
  endless(): string;
  /** An answer of about sixty tokens. */
  count(): string;
  /** An answer that breaks off. Offline agent only. */
  breakOff(): string;
  /** Whether this answer to `recall` shows that `remember` is in the history. */
  remembers(answer: string): boolean;
}

/** A word that no model would guess. */
const codeWord = 'heliotrope-41';
export const remember = `My code word is ${codeWord}. Keep it in mind and answer with OK.`;
export const recall = 'What is my code word? Answer with the code word alone.';

const offline: Prompts = {
  exact: true,
  say: (text) => `/say ${text}`,
  call: (name, args) => `/call ${name} ${JSON.stringify(args)}`,
  callTwice: (name, first, second) => `/call ${name} ${JSON.stringify(first)}\n/call ${name} ${JSON.stringify(second)}`,
  // Its name for the model.
  callTool: (label, name, args) => `/call ${label}__${name} ${JSON.stringify(args)}`,
  long: () => '/tokens 100 delay 25ms',
  endless: () => '/tokens 240 delay 25ms',
  count: () => '/tokens 60',
  breakOff: () => '/tokens 20\n/break after 5',
  // The offline agent numbers the user messages in its history.
  remembers: (answer) => answer.includes('Turn 2.'),
};

const countFar = 'Count from 1 to 400, one number on each line. Write every number, and nothing else.';

const model: Prompts = {
  exact: false,
  say: (text) => `Reply with exactly this text and nothing else: ${text}`,
  call: (name, args) => `Call the function ${name} with the arguments ${JSON.stringify(args)}. Do not answer in words.`,
  callTwice: (name, first, second) =>
    `Call the function ${name} two times in this one turn, in parallel: once with the arguments ${JSON.stringify(first)} and once with ${JSON.stringify(second)}. Do not answer in words.`,
  callTool: (label, name, args) =>
    `Call the tool ${name} of the MCP server ${label} once, with the arguments ${JSON.stringify(args)}, and tell me its result.`,
  long: () => countFar,
  endless: () => countFar,
  count: () => 'Count from 1 to 60, one number on each line. Write every number, and nothing else.',
  breakOff: () => 'Hello.',
  remembers: (answer) => answer.toLowerCase().includes(codeWord),
};

export const toPrompts = (isOffline: boolean): Prompts => (isOffline ? offline : model);
