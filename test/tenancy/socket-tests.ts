import assert from 'node:assert/strict';
import { it } from 'node:test';
import { connectSocket, idOf, type Message, textOf } from '../websocket/connect-socket.ts';
import { createEstate, type Estate, inventEstate, type Party, photograph } from './estate.ts';
import type { Parties } from './tenancy-suite.ts';

/** Frames that name another tenant's object. */
const frames: [name: string, fields: (estate: Estate) => object][] = [
  ['previous_response_id', ({ response }) => ({ input: 'Hi', previous_response_id: response })],
  ['conversation', ({ conversation }) => ({ input: 'Hi', conversation })],
  ['an item_reference to what was given', ({ inputItem }) => ({ input: [{ type: 'item_reference', id: inputItem }] })],
  ['an item_reference to what was said', ({ outputItem }) => ({ input: [{ type: 'item_reference', id: outputItem }] })],
  [
    'an item_reference into a conversation',
    ({ conversationItem }) => ({ input: [{ type: 'item_reference', id: conversationItem }] }),
  ],
  ['the model of an agent that it may not use', ({ agent }) => ({ input: 'Hi', model: `${agent}/offline` })],
];

const nameIds = (turn: Message[], estate: Estate): string =>
  Object.entries(estate).reduce((text, [name, id]) => text.replaceAll(id, `<${name}>`), JSON.stringify(turn));

/** The same checks over the WebSocket mode. */
export function socketTests(parties: () => Parties): void {
  const connect = ({ key }: Party) => connectSocket(parties().url, { headers: { authorization: `Bearer ${key}` } });

  for (const generate of [true, false]) {
    for (const [name, fields] of frames) {
      // Without generation no agent runs.
      if (!generate && name.startsWith('the model')) continue;
      it(`WebSocket${generate ? '' : ' without generation'}: ${name} of another tenant is unknown`, async () => {
        const { owner, stranger } = parties();
        const [theirs, nobodys] = [await createEstate(owner), inventEstate()];
        const before = await photograph(owner, theirs);
        await using client = await connect(stranger);
        const refused = await client.create({ ...fields(theirs), generate });
        const unknown = await client.create({ ...fields(nobodys), generate });
        assert.equal(refused.at(-1).status, 404, JSON.stringify(refused));
        assert.equal(nameIds(refused, theirs), nameIds(unknown, nobodys));
        assert.deepEqual(await photograph(owner, theirs), before);
        await using control = await connect(owner);
        assert.equal((await control.create({ ...fields(theirs), generate })).at(-1).type, 'response.completed');
      });
    }
  }

  it('WebSocket: another tenant cannot continue a connection’s unstored response', async () => {
    const { owner, stranger } = parties();
    await using client = await connect(owner);
    const id = idOf(await client.create({ input: '/say A secret.' }));
    await using other = await connect(stranger);
    const [refused] = await other.create({ input: 'Hi', previous_response_id: id });
    assert.equal(refused.error.code, 'previous_response_not_found');
    assert.equal(textOf(await client.create({ input: '/say Still here.', previous_response_id: id })), 'Still here.');
  });

  it('WebSocket: a stored response belongs to the tenant, not to the connection', async () => {
    const { owner, stranger } = parties();
    await using client = await connect(stranger);
    const id = idOf(await client.create({ input: '/say Mine.', store: true }));
    assert.equal((await stranger.call({ path: `/v1/responses/${id}` })).status, 200);
    assert.equal((await owner.call({ path: `/v1/responses/${id}` })).status, 404);
  });
}
