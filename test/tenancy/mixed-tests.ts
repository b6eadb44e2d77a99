import assert from 'node:assert/strict';
import { it } from 'node:test';
import { send } from '../http/send.ts';
import { type Call, createEstate, type Estate, type Party, photograph, toParty } from './estate.ts';
import { keys, type Parties } from './tenancy-suite.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests inspect the JSON that they expect
type Json = any;

/** Two tenants that use the same names, concurrently. */
export function mixedTests(parties: () => Parties): void {
  it('keys of one tenant share everything', async () => {
    const { url, owner } = parties();
    const estate = await createEstate(owner);
    const colleague = toParty(url, { agent: owner.agent, key: keys.colleague });
    assert.deepEqual(await photograph(colleague, estate), await photograph(owner, estate));
    const body = { input: 'Hi', previous_response_id: estate.response };
    assert.equal((await colleague.call({ method: 'POST', path: '/v1/responses', body })).status, 200);
  });

  it('the same item id of two clients names each client’s own item', async () => {
    const { owner, stranger } = parties();
    const id = `msg_shared_${Date.now()}`;
    for (const { call, agent } of [owner, stranger]) {
      const input = [{ type: 'message', id, role: 'user', content: `/say This is ${agent}.` }];
      assert.equal((await call({ method: 'POST', path: '/v1/responses', body: { input } })).status, 200);
    }
    for (const { call, agent } of [owner, stranger]) {
      const input = [{ type: 'item_reference', id }];
      const { json } = await call({ method: 'POST', path: '/v1/responses', body: { input } });
      assert.equal((json as Json).output[0].content[0].text, `This is ${agent}.`);
    }
  });

  it('content sealed for one tenant is refused for another like any foreign content', async () => {
    const { owner, stranger } = parties();
    const body = { model: 'offline', input: 'A secret of mine.' };
    const compacted = await owner.call({ method: 'POST', path: '/v1/responses/compact', body });
    const { output } = compacted.json as Json;
    const continued = { method: 'POST', path: '/v1/responses', body: { input: [...output, 'Go on.'] } } as const;
    const broken = structuredClone(output);
    const item = broken.find(({ type }: Json) => type === 'compaction');
    item.encrypted_content = `${item.encrypted_content.slice(0, 20)}AAAA`;
    const refused = await stranger.call(continued);
    const nonsense = await stranger.call({ ...continued, body: { input: [...broken, 'Go on.'] } });
    assert.equal((refused.json as Json).error.code, 'invalid_encrypted_content');
    assert.equal(refused.text, nonsense.text);
    assert.equal((await owner.call(continued)).status, 200);
  });

  it('a locked conversation is unknown to another tenant', async () => {
    const { owner, stranger } = parties();
    const { conversation } = await createEstate(owner);
    const path = '/v1/responses';
    // It locks its conversation from the queue to its end.
    const turn = { conversation, background: true, input: '/wait 30000ms\n/say Done' };
    const { json } = await owner.call({ method: 'POST', path, body: turn });
    const busy = await owner.call({ method: 'POST', path, body: { conversation, input: 'Hi' } });
    assert.equal(busy.status, 409);
    const refused = await stranger.call({ method: 'POST', path, body: { conversation, input: 'Hi' } });
    assert.equal((refused.json as Json).error.code, 'conversation_not_found');
    assert.equal((await owner.call({ method: 'POST', path: `${path}/${(json as Json).id}/cancel` })).status, 200);
    assert.equal((await owner.call({ method: 'POST', path, body: { conversation, input: 'Hi' } })).status, 200);
  });

  it('an active background response is unknown to another tenant: read, follow, continue, cancel and delete', async () => {
    const { owner, stranger } = parties();
    const body = { background: true, input: '/tokens 2000 delay 5ms' };
    const { json } = await owner.call({ method: 'POST', path: '/v1/responses', body });
    const { id, status } = json as Json;
    assert.equal(status, 'queued');
    const path = `/v1/responses/${id}`;
    const attempts: Call[] = [
      { path },
      { path: `${path}?stream=true` },
      { path: `${path}/input_items` },
      { method: 'POST', path: `${path}/cancel` },
      { method: 'DELETE', path },
      { method: 'POST', path: '/v1/responses', body: { input: 'Hi', previous_response_id: id } },
    ];
    for (const attempt of attempts) assert.equal((await stranger.call(attempt)).status, 404, JSON.stringify(attempt));
    const seen = (await owner.call({ path })).json as Json;
    assert.ok(['queued', 'in_progress'].includes(seen.status), seen.status);
    const cancelled = await owner.call({ method: 'POST', path: `${path}/cancel` });
    assert.equal((cancelled.json as Json).status, 'cancelled');
  });

  it('the same Idempotency-Key names each tenant’s own request', async () => {
    const { url, owner, stranger } = parties();
    const key = `shared-${Date.now()}`;
    const create = async ({ key: apiKey, agent }: Party, path: string) => {
      const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': key };
      const said = `/say This is ${agent}.`;
      const body = path.endsWith('responses') ? { input: said } : { messages: [{ role: 'user', content: said }] };
      return send(url + path, { method: 'POST', body, headers });
    };
    for (const party of [owner, stranger, owner]) {
      const reply = await create(party, '/v1/responses');
      assert.equal(reply.status, 200, reply.text);
      assert.equal((reply.json as Json).output[0].content[0].text, `This is ${party.agent}.`);
    }
    for (const party of [owner, stranger]) {
      const reply = await create(party, '/v1/chat/completions');
      assert.equal(reply.status, 409, 'each used it for another operation itself');
    }
  });

  it('concurrent turns stay separate', async () => {
    const { owner, stranger } = parties();
    const estates: Estate[] = await Promise.all(
      Array.from({ length: 10 }, (_, index) => createEstate(index % 2 === 0 ? owner : stranger)),
    );
    for (const [index, { response, conversation, completion }] of estates.entries()) {
      const [mine, other] = index % 2 === 0 ? [owner, stranger] : [stranger, owner];
      for (const path of [
        `/v1/responses/${response}`,
        `/v1/conversations/${conversation}`,
        `/v1/chat/completions/${completion}`,
      ]) {
        assert.equal((await mine.call({ path })).status, 200);
        assert.equal((await other.call({ path })).status, 404);
      }
    }
  });
}
