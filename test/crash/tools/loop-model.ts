import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startUpstream, type UpstreamRequest } from '../../helpers/upstream.ts';
import { toText } from '../../helpers/upstream-script.ts';
import { toChunk } from '../../helpers/upstream-wire.ts';
import { callsOf, type LoopPlan, type PlannedTool, readMessage } from './loop-plan.ts';
import { readRecord } from './tool-record.ts';

interface ChatMessage {
  role: string;
  content?: unknown;
  tool_calls?: { id: string; function: { arguments: string } }[];
  tool_call_id?: string;
}

export interface LoopModel extends AsyncDisposable {
  url: string;
  /** The first fault of the messages that it got. */
  readonly fault: Error | undefined;
  /** Requests so far. */
  readonly asked: number;
}

const label = 'ledger';
const wordMs = 3;

/**
 * Starts a model that asks for the calls of a plan, step by step, and answers with a digest of their results. Checks that
 * each request has all results that an earlier one had, unchanged.
 */
export async function startLoopModel(): Promise<LoopModel> {
  const known = new Map<string, string>();
  const state: { fault: Error | undefined; asked: number } = { fault: undefined, asked: 0 };
  const upstream = await startUpstream({
    async answer(request, response) {
      if (request.path !== '/v1/chat/completions') return false;
      state.asked += 1;
      const { plan, results } = readRequest(request);
      try {
        checkResults(plan, results, known);
      } catch (error) {
        state.fault ??= error instanceof Error ? error : new Error(String(error));
      }
      const step = plan.steps.find((calls) => calls.some(({ token }) => !results.has(token)));
      const text = step
        ? `Next is ${step.map(({ token }) => token).join(' and ')}, as planned.`
        : toAnswer(plan, results);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const send = (delta: Record<string, unknown>, reason?: string) =>
        response.write(`data: ${JSON.stringify(toChunk(request, delta, reason))}\n\n`);
      // Half of the steps say something first, which a crash may cut.
      for (const content of !step || state.asked % 2 === 0 ? (text.match(/\s*\S+/g) ?? []) : []) {
        if (response.destroyed) return true;
        send({ content });
        await pause(wordMs);
      }
      if (step) send({ tool_calls: step.map(toToolCall) });
      send({}, step ? 'tool_calls' : 'stop');
      response.end('data: [DONE]\n\n');
      return true;
    },
  });
  return {
    url: upstream.url,
    get fault() {
      return state.fault;
    },
    get asked() {
      return state.asked;
    },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  };
}

const toToolCall = ({ tool, token, ms }: PlannedTool, index: number) => ({
  index,
  id: `call_${randomBytes(6).toString('hex')}`,
  type: 'function',
  function: { name: `${label}__${tool}`, arguments: JSON.stringify({ token, ms }) },
});

/** Returns the plan of a request, and the results of its calls by token. */
function readRequest({ body }: UpstreamRequest): { plan: LoopPlan; results: Map<string, string> } {
  const messages: ChatMessage[] = body.messages;
  const last = messages.findLast(({ role }) => role === 'user');
  const tokens = new Map(
    messages.flatMap(({ tool_calls = [] }) =>
      tool_calls.map((call): [string, string] => [call.id, JSON.parse(call.function.arguments).token]),
    ),
  );
  const results = new Map(
    messages.flatMap(({ role, tool_call_id = '', content }): [string, string][] =>
      role === 'tool' ? [[tokens.get(tool_call_id) ?? `unknown ${tool_call_id}`, toText(content)]] : [],
    ),
  );
  return { plan: readMessage(toText(last?.content)), results };
}

function checkResults(plan: LoopPlan, results: Map<string, string>, known: Map<string, string>): void {
  const tokens = callsOf(plan).map(({ token }) => token);
  for (const token of tokens) {
    const result = results.get(token);
    const before = known.get(token);
    if (before !== undefined) assert.equal(result, before, `the result of ${token} was lost or changed`);
    if (result !== undefined) known.set(token, result);
  }
  const partial = plan.steps.filter((calls) => new Set(calls.map(({ token }) => results.has(token))).size > 1);
  assert.deepEqual(partial, [], 'a step has the results of some of its calls');
  const strangers = [...results.keys()].filter((token) => !tokens.includes(token));
  assert.deepEqual(strangers, [], 'there are results of calls that the model did not ask for');
}

/** Returns the last answer: a digest of the results, in which a failed call counts as failed. */
export function toAnswer(plan: LoopPlan, results: ReadonlyMap<string, string>): string {
  const lines = callsOf(plan).map(({ token }) =>
    readRecord(results.get(token) ?? '') ? results.get(token) : 'failed',
  );
  return `All done: ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}.`;
}
