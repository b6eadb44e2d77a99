import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createResponseId, type ResponseId } from '../../src/ids.ts';
import type { StoredResponse } from '../../src/store/response-store.ts';
import { LocalResponses } from '../../src/websocket/local-responses.ts';
import { SharedBytes } from '../../src/websocket/shared-bytes.ts';

function toResponse(text: string, id: ResponseId = createResponseId()): StoredResponse {
  return {
    id,
    tenant: 'default',
    parentId: undefined,
    conversationId: undefined,
    sessionId: 'sess_1',
    createdAt: 1,
    input: [{ id: 'msg_1', text }],
    output: [{ id: 'msg_2', text: 'ok' }],
    resource: { instructions: `Instructions of ${text}` },
  };
}

/** Adds responses that each continue the previous one. */
function addChain(local: LocalResponses, texts: string[]): ResponseId[] {
  const ids: ResponseId[] = [];
  for (const text of texts) {
    const response = toResponse(text);
    const parentId = ids.at(-1);
    local.add(response, parentId && local.history(parentId));
    ids.push(response.id);
  }
  return ids;
}

const wide = { responses: 100, characters: 1_000_000, tenantBytes: new SharedBytes(1_000_000).of('ann') };

describe('the responses of one connection', () => {
  test('have their whole chain, oldest first, and what the next turn needs', () => {
    const local = new LocalResponses(wide);
    const ids = addChain(local, ['one', 'two', 'three']);
    const [, , last] = ids;
    assert.ok(last);
    const history = local.history(last);
    assert.equal(history?.sessionId, 'sess_1');
    assert.equal(history?.instructions, 'Instructions of three');
    assert.deepEqual(
      history?.turns.map((turn) => turn.id),
      ids,
    );
    assert.deepEqual(history?.turns[0]?.input, [{ id: 'msg_1', text: 'one' }]);
  });

  test('share the turns of a chain', () => {
    const local = new LocalResponses(wide);
    const [first, second] = addChain(local, ['one', 'two']);
    assert.ok(first && second);
    assert.equal(local.history(first)?.turns[0], local.history(second)?.turns[0]);
  });

  test('over the count the least recently used is evicted, and chains that continue it stay complete', () => {
    const local = new LocalResponses({ ...wide, responses: 2 });
    const [first, second, third] = addChain(local, ['one', 'two', 'three']);
    assert.ok(first && second && third);
    assert.equal(local.history(first), undefined);
    assert.equal(local.history(second)?.turns.length, 2);
    local.add(toResponse('four'), undefined);
    assert.equal(local.history(third), undefined, 'the second was used after it');
    assert.equal(local.history(second)?.turns.length, 2);
  });

  test('over the characters the oldest are evicted until the rest fits', () => {
    const local = new LocalResponses({ ...wide, characters: 3000 });
    const [first, second] = addChain(local, ['a'.repeat(1000), 'b'.repeat(500)]);
    assert.ok(first && second);
    assert.ok(local.history(first) && local.history(second), 'about 1,100 and 1,700 characters');
    const [third] = addChain(local, ['c'.repeat(1000)]);
    assert.ok(third);
    assert.equal(local.history(first), undefined);
    assert.ok(local.history(second) && local.history(third));
  });

  test('one that exceeds the bound alone is not stored, and evicted ones free their characters', () => {
    const local = new LocalResponses({ ...wide, characters: 1000 });
    const [huge] = addChain(local, ['a'.repeat(2000)]);
    const [small] = addChain(local, ['b']);
    assert.ok(huge && small);
    assert.equal(local.history(huge), undefined);
    assert.ok(local.history(small));
  });

  test('a history from elsewhere counts with all its turns', () => {
    const local = new LocalResponses({ ...wide, characters: 1000 });
    const id = createResponseId();
    const turns = [{ id, input: [], output: [] }];
    const elsewhere = { sessionId: 'sess_1', instructions: null, status: 'completed', turns };
    const response = toResponse('b');
    local.add(response, elsewhere);
    assert.equal(local.history(response.id)?.turns.length, 2);
    const long = { ...elsewhere, turns: [{ id, input: [{ id: 'msg_1', text: 'a'.repeat(1000) }], output: [] }] };
    const next = toResponse('c');
    local.add(next, long);
    assert.equal(local.history(next.id), undefined);
  });

  test('a forgotten response frees its slot, and its descendants stay', () => {
    const local = new LocalResponses({ ...wide, responses: 2 });
    const [first, second] = addChain(local, ['one', 'two']);
    assert.ok(first && second);
    local.forget(first);
    assert.equal(local.history(first), undefined);
    const [third] = addChain(local, ['three']);
    assert.ok(third);
    assert.equal(local.history(second)?.turns.length, 2);
    assert.ok(local.history(third));
  });

  test('the connections of one tenant share a bound of bytes, in which a turn counts once', () => {
    const shared = new SharedBytes(3000);
    const connect = () => new LocalResponses({ ...wide, tenantBytes: shared.of('ann') });
    const [first, second] = [connect(), connect()];
    const chain = addChain(first, ['a'.repeat(1000), 'b', 'c', 'd']);
    assert.ok(chain.every((id) => first.history(id)));
    const [kept] = addChain(second, ['e'.repeat(1000)]);
    const [over] = addChain(second, ['f'.repeat(2000)]);
    assert.ok(kept && over);
    assert.deepEqual([second.history(kept), second.history(over)], [undefined, undefined]);
    first.close();
    const [after] = addChain(second, ['g'.repeat(2000)]);
    assert.ok(after && second.history(after), 'a closed connection frees its bytes');
    const [late] = addChain(first, ['h']);
    assert.ok(late);
    assert.equal(first.history(late), undefined);
  });

  test('unknown ids can be forgotten', () => {
    const local = new LocalResponses(wide);
    for (const id of ['', 'nonsense', '__proto__', createResponseId()]) local.forget(id);
  });
});
