import assert from 'node:assert/strict';
import type { Resource } from '../observed-stream.ts';
import type { ObservedLoop } from './loop-client.ts';
import { toAnswer } from './loop-model.ts';
import { callsOf, type PlannedTool } from './loop-plan.ts';
import { readRecord, runsOnce, type ToolRecord } from './tool-record.ts';

type Item = Resource['output'][number];
type Call = Extract<Item, { type: 'mcp_call' }>;

export interface LoopCounts {
  completed: number;
  /** Calls whose effect is unknown. */
  interrupted: number;
  /** Calls that ran more than once, as their tool allows it. */
  repeated: number;
}

/** Checks the calls of a loop against its plan and against what the tools did. */
export function checkLoop(loop: ObservedLoop, ledger: ReadonlyMap<string, ToolRecord[]>): LoopCounts {
  const counts = { completed: 0, interrupted: 0, repeated: 0 };
  const output = loop.responses.flatMap(({ ended }) => ended?.output ?? []);
  const calls = output.filter((item) => item.type === 'mcp_call');
  const results = new Map<string, string>();
  const asked = new Map(
    output.flatMap((item) => (item.type === 'mcp_approval_request' ? [[tokenOf(item), item.id] as const] : [])),
  );
  for (const planned of callsOf(loop.plan)) {
    const { token, tool } = planned;
    const own = calls.filter((call) => tokenOf(call) === token);
    const runs = ledger.get(token) ?? [];
    assert.equal(asked.has(token), tool === 'guarded', `${token} was ${asked.has(token) ? '' : 'not '}asked for`);
    const isDenied = loop.answers.get(asked.get(token) ?? '') === false;
    assert.equal(own.length, isDenied ? 0 : 1, `${token} is in the output ${own.length} times`);
    if (isDenied) assert.deepEqual(runs, [], `${token} was denied and ran`);
    const [call] = own;
    if (!call) continue;
    if (tool === 'guarded') assert.equal(call.approval_request_id, asked.get(token));
    results.set(token, call.output ?? '');
    checkCall(planned, call, runs);
    if (runs.length > 1) counts.repeated += 1;
    if (call.status === 'completed') counts.completed += 1;
    else counts.interrupted += 1;
  }
  const strangers = calls.filter((call) => !callsOf(loop.plan).some(({ token }) => token === tokenOf(call)));
  assert.deepEqual(strangers, [], 'there are calls that the model did not ask for');
  const requests = output.filter(({ type }) => type === 'mcp_approval_request');
  assert.equal(requests.length, loop.answers.size, 'an approval was asked for twice');
  const answer = output.findLast((item) => item.type === 'message');
  const text = answer?.content.map((part) => ('text' in part ? part.text : '')).join('');
  assert.equal(text, toAnswer(loop.plan, results), 'the model saw other results than the output has');
  return counts;
}

/** A finished call never runs again, and a call that is not safe to repeat runs at most once. */
function checkCall({ token, tool, ms }: PlannedTool, call: Call, runs: readonly ToolRecord[]): void {
  assert.deepEqual(JSON.parse(call.arguments), { token, ms });
  assert.equal(call.name, tool);
  if (runsOnce(tool)) assert.ok(runs.length <= 1, `${token} ran ${runs.length} times`);
  if (call.status === 'completed') {
    const result = readRecord(call.output ?? '');
    assert.deepEqual(result, runs.at(-1), `${token} ran again after it had finished, or its result was lost`);
  } else {
    assert.equal(call.status, 'failed');
    assert.match(String(call.error), /interrupted/i, `${token} failed`);
  }
}

const tokenOf = ({ arguments: text }: { arguments: string }): string => JSON.parse(text).token;
