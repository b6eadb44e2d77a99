import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type OpenAI from 'openai';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstreamProcess } from '../helpers/upstream-process.ts';

/** The scripts that drive an agent. Each kind of agent has its own syntax. */
export interface AgentWords {
  say(text: string): string;
  /** Reasoning, then text. */
  think(thought: string, text: string): string;
  refuse(text: string): string;
  call(...calls: { name: string; arguments: object }[]): string;
  /** The three tokens "one two three", the last of which is cut off by the agent's limit. */
  cutShort: string;
  /** The text of a truncated answer. */
  cutText: string;
  fail(status: number): string;
  breakOff: string;
  /** Occurs in the answer to an unscripted message that is the given turn of a plain conversation. */
  provesTurn(turn: number): string;
  /** Occurs in the answer to a tool's result. */
  provesResult(result: string): string;
}

const offlineWords: AgentWords = {
  say: (text) => `/say ${text}`,
  think: (thought, text) => `/reason ${thought}\n/say ${text}`,
  refuse: (text) => `/refuse ${text}`,
  call: (...calls) => calls.map((call) => `/call ${call.name} ${JSON.stringify(call.arguments)}`).join('\n'),
  cutShort: '/say one two three\n/limit 2',
  cutText: 'one two',
  fail: (status) => `/status ${status} retry-after 30`,
  breakOff: '/say one two three four\n/break after 2',
  provesTurn: (turn) => `Turn ${turn}.`,
  provesResult: (result) => `returned: ${result}`,
};

const upstreamWords: AgentWords = {
  say: (text) => `say ${text}`,
  think: (thought, text) => `reason ${thought}\nsay ${text}`,
  refuse: (text) => `refuse ${text}`,
  call: (...calls) => calls.map((call) => `tool ${call.name} ${JSON.stringify(call.arguments)}`).join('\n'),
  cutShort: 'say one two\nfinish length',
  cutText: 'one two',
  fail: (status) => `status ${status} retry-after 30`,
  breakOff: 'say one two three four\nbreak after 2',
  // Each earlier turn is a user message and an assistant message.
  provesTurn: (turn) => `(${2 * turn - 1} messages)`,
  provesResult: (result) => `The tool said: ${result}`,
};

export const agents = ['offline agent', 'upstream process'] as const;
export const stores = ['memory', 'SQLite'] as const;

export interface Setup {
  readonly openai: OpenAI;
  readonly url: string;
  readonly words: AgentWords;
}

/** Starts a server for the tests of the enclosing suite, and ends it after them. */
export function useServer(
  agent: (typeof agents)[number],
  store: (typeof stores)[number],
  given: Record<string, string> = {},
): Setup {
  const stack = new AsyncDisposableStack();
  let server: Awaited<ReturnType<typeof startTalaria>> | undefined;
  before(async () => {
    const settings = { ...given };
    if (store === 'SQLite') settings['STORE_URL'] = `sqlite:${join(await useDirectory(stack), 'test.db')}`;
    if (agent === 'upstream process') settings['AGENT_URL'] = stack.use(await startUpstreamProcess()).url;
    server = stack.use(await startTalaria(settings));
  });
  after(() => stack.disposeAsync());
  const started = () => {
    if (!server) throw new Error('The server is started before the tests.');
    return server;
  };
  return {
    get openai() {
      return started().openai;
    },
    get url() {
      return started().url;
    },
    words: agent === 'offline agent' ? offlineWords : upstreamWords,
  };
}

/** Creates a temporary directory, removed with the stack. */
export async function useDirectory(stack: AsyncDisposableStack): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
