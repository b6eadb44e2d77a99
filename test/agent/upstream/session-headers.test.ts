import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentMessage, AgentRequest } from '../../../src/agent/agent-client.ts';
import { SessionHeaders } from '../../../src/agent/upstream/session-headers.ts';
import { limits } from '../../../src/config/limits.ts';

const names = ['X-Session-Id', 'X-Hermes-Session-Id'];
const own = ['X-Session-Id', 's'];
const both = [...own, 'X-Hermes-Session-Id', 's'];

/** `u:` begins a message of the user, `a:` one of the assistant. */
function toMessages(...lines: string[]): AgentMessage[] {
  return lines.map((line) => {
    const content = [{ type: 'text' as const, text: line.slice(2) }];
    return line.startsWith('u:') ? { role: 'user', content } : { role: 'assistant', content, toolCalls: [] };
  });
}

const toRequest = (messages: AgentMessage[], rest: Partial<AgentRequest> = {}): AgentRequest => ({
  ...{ messages, tools: [], toolChoice: 'auto', settings: {}, sessionId: 's', watched: true },
  ...rest,
});

const send = (headers: SessionHeaders, ...lines: string[]) => headers.next(toRequest(toMessages(...lines)));

describe('the session headers of a request', () => {
  it('are all sent for each turn of a chain', () => {
    const headers = new SessionHeaders(names);
    assert.deepEqual(send(headers, 'u:1'), both);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:2'), both);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:2', 'a:2', 'u:3'), both);
  });

  it("lack Hermes' header for a fork, while the chain continues", () => {
    const headers = new SessionHeaders(names);
    send(headers, 'u:1');
    send(headers, 'u:1', 'a:1', 'u:2');
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:fork'), own);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:fork', 'a:2', 'u:3'), own);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:2', 'a:2', 'u:3'), both);
  });

  it("lack Hermes' header for an edited history, and for one that began elsewhere", () => {
    const headers = new SessionHeaders(names);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:2'), own);
    assert.deepEqual(send(headers, 'u:1'), both);
    assert.deepEqual(send(headers, 'u:edited', 'a:1', 'u:2'), own);
    assert.deepEqual(send(headers, 'u:1'), own);
  });

  it("have Hermes' header when the client relies on the agent's own history", () => {
    const headers = new SessionHeaders(names);
    for (const line of ['u:1', 'u:2', 'u:3']) {
      assert.deepEqual(headers.next(toRequest(toMessages(line), { sessionHoldsHistory: true })), both);
    }
  });

  it('are always sent under names that do not replace the history', () => {
    const headers = new SessionHeaders(['X-Agent-Session']);
    assert.deepEqual(send(headers, 'u:1', 'a:1', 'u:2'), ['X-Agent-Session', 's']);
    assert.deepEqual(send(new SessionHeaders([]), 'u:1'), []);
  });

  it('follow a history by its id, and find forks of it', () => {
    const headers = new SessionHeaders(names);
    const next = (id: number, parentId: number | undefined, question: string, lastQuestion = `u:${id}`) => {
      const toTexts = (questions: string[]) =>
        questions
          .map((words) => `{"role":"user","content":"${words.slice(2)}"},{"role":"assistant","content":"a"}`)
          .join(',');
      const before = Array.from({ length: id - 1 }, (_, index) => `u:${index + 1}`);
      const messages = Buffer.from(toTexts([...before, lastQuestion]));
      const toId = (number: number | undefined) => (number === undefined ? undefined : `resp_${number}`);
      const ids = { id: toId(id) ?? '', parentId: toId(parentId) };
      const history = { ...ids, lastTurn: toTexts([lastQuestion]), messages, openCalls: [] };
      return headers.next({ ...toRequest(toMessages(question)), history }).length > own.length;
    };
    assert.deepEqual(send(headers, 'u:1'), both);
    assert.equal(next(1, undefined, 'u:2'), true);
    assert.equal(next(2, 1, 'u:3'), true);
    assert.equal(next(3, 2, 'u:4'), true);
    assert.equal(next(3, 2, 'u:4'), false);
    assert.equal(next(4, 3, 'u:5', 'u:other'), false);
    assert.equal(next(4, 3, 'u:5'), true);
    assert.deepEqual(send(headers, 'u:1', 'a:', 'u:2', 'a:', 'u:3', 'a:', 'u:4', 'a:', 'u:5', 'a:', 'u:6'), both);
  });

  it('forget the session used least recently', () => {
    const headers = new SessionHeaders(names);
    for (let index = 0; index <= limits.upstreamSessions; index++) {
      headers.next(toRequest(toMessages('u:1'), { sessionId: `s${index}` }));
    }
    const next = (sessionId: string) => headers.next(toRequest(toMessages('u:1', 'a:1', 'u:2'), { sessionId }));
    assert.equal(next('s0').length, 2);
    assert.equal(next('s1').length, 4);
  });
});

describe("the agent's own session header", () => {
  const report = (headers: Record<string, string>) => {
    const seen: object[] = [];
    new SessionHeaders(names).report(headers, { sessionNamed: (header) => seen.push(header) });
    return seen;
  };

  it('is passed on under its own name', () => {
    assert.deepEqual(report({ 'x-hermes-session-id': 'abc' }), [{ name: 'X-Hermes-Session-Id', value: 'abc' }]);
    assert.deepEqual(report({ 'x-other': 'abc' }), []);
  });

  it('is dropped when it cannot be a header of a reply', () => {
    assert.deepEqual(report({ 'x-session-id': 'a\u00e9' }), []);
    assert.deepEqual(report({ 'x-session-id': 'a'.repeat(300) }), []);
  });
});
