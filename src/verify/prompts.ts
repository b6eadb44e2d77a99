/**
 * How to have the agent do what an audit looks at. Talaria's offline agent does what a script says; any other model is
 * asked in words, as plainly as possible. This is the one place that knows the difference.
 */
export interface Prompts {
  /** Is the answer to a prompt the same each time? Then texts can be compared. */
  readonly exact: boolean;
  say(text: string): string;
  /** The agent calls this function, and says nothing. */
  call(name: string, args: object): string;
  /** It calls the function twice, in one turn. */
  callTwice(name: string, first: object, second: object): string;
  /** A long answer, so that something can happen while it runs: at least two seconds where that can be had. */
  long(): string;
  /** A longer one, to be stopped before its end however slow the machine is. */
  endless(): string;
  /** An answer of some sixty tokens. */
  count(): string;
  /** For the offline agent alone: an answer that breaks off. */
  breakOff(): string;
  /** Does this answer to `recall` show that `remember` came before it, in the same history? */
  remembers(answer: string): boolean;
}

/** A word that no model comes upon by itself. */
const codeWord = 'heliotrope-41';
export const remember = `My code word is ${codeWord}. Keep it in mind and answer with OK.`;
export const recall = 'What is my code word? Answer with the code word alone.';

const offline: Prompts = {
  exact: true,
  say: (text) => `/say ${text}`,
  call: (name, args) => `/call ${name} ${JSON.stringify(args)}`,
  callTwice: (name, first, second) => `/call ${name} ${JSON.stringify(first)}\n/call ${name} ${JSON.stringify(second)}`,
  long: () => '/tokens 100 delay 25ms',
  endless: () => '/tokens 240 delay 25ms',
  count: () => '/tokens 60',
  breakOff: () => '/tokens 20\n/break after 5',
  // It numbers the user's messages that it sees.
  remembers: (answer) => answer.includes('Turn 2.'),
};

const countFar = 'Count from 1 to 400, one number on each line. Write every number, and nothing else.';

const model: Prompts = {
  exact: false,
  say: (text) => `Reply with exactly this text and nothing else: ${text}`,
  call: (name, args) => `Call the function ${name} with the arguments ${JSON.stringify(args)}. Do not answer in words.`,
  callTwice: (name, first, second) =>
    `Call the function ${name} two times in this one turn, in parallel: once with the arguments ${JSON.stringify(first)} and once with ${JSON.stringify(second)}. Do not answer in words.`,
  long: () => countFar,
  endless: () => countFar,
  count: () => 'Count from 1 to 60, one number on each line. Write every number, and nothing else.',
  breakOff: () => 'Hello.',
  remembers: (answer) => answer.toLowerCase().includes(codeWord),
};

export const toPrompts = (isOffline: boolean): Prompts => (isOffline ? offline : model);
