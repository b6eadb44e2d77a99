import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedFetch } from '../helpers/contract-check.ts';
import { lastingStores, storeKinds } from '../helpers/store-urls.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import {
  model,
  type ResumableServer,
  readSome,
  readTexts,
  startResumable,
  textsOf,
  toEvents,
  turnsOf,
  useResumable,
} from './resumable-server.ts';

const withKey = (key: string) => ({ 'idempotency-key': key });

const send = ({ url }: ResumableServer, body: object, key: string) =>
  post(`${url}/v1/responses`, { model, ...body }, withKey(key));

const isReplayed = (reply: Response) => reply.headers.get('idempotency-replayed') === 'true';

async function readJson(reply: Response) {
  const json = JSON.parse(await reply.text());
  assert.equal(reply.status, 200, JSON.stringify(json));
  return json;
}

async function assertRefused(reply: Response, status: number, code: string): Promise<void> {
  assert.equal(reply.status, status);
  const { error } = JSON.parse(await reply.text());
  assert.deepEqual([error.code, error.param], [code, 'Idempotency-Key']);
}

for (const kind of storeKinds) {
  describe(`a response with an Idempotency-Key (${kind.name})`, () => {
    const server = useResumable(kind);

    for (const [what, body] of [
      ['plain', {}],
      ['plain and not stored', { store: false }],
      ['in the background', { background: true }],
    ] as const) {
      it(`runs once for ten concurrent requests (${what})`, async () => {
        const input = `say raced ${what}`;
        const key = what.replaceAll(' ', '-');
        const replies = await Promise.all(Array.from({ length: 10 }, () => send(server, { input, ...body }, key)));
        assert.equal(replies.filter((reply) => !isReplayed(reply)).length, 1);
        const ids = new Set((await Promise.all(replies.map(readJson))).map(({ id }) => id));
        assert.equal(ids.size, 1);
        const again = await send(server, { input, ...body }, key);
        assert.ok(isReplayed(again));
        assert.ok(ids.has((await readJson(again)).id));
        await waitUntil(() => turnsOf(server, input) === 1);
      });
    }

    for (const more of [{}, { background: true }, { store: false }]) {
      const key = `streamed-${JSON.stringify(more).length}`;
      it(`is streamed to ten readers concurrently and replayed with the same bytes (${JSON.stringify(more)})`, async () => {
        const body = { input: `reason hm\nsay streamed ${key}`, stream: true, ...more };
        const replies = await Promise.all(Array.from({ length: 10 }, () => send(server, body, key)));
        assert.equal(replies.filter(isReplayed).length, 9);
        const [first = [], ...others] = await Promise.all(replies.map(textsOf));
        assert.equal(toEvents(first).at(-1)?.type, 'response.completed');
        for (const texts of others) assert.deepEqual(texts, first);
        assert.deepEqual(await textsOf(await send(server, body, key)), first);
        assert.equal(turnsOf(server, body.input), 1);
      });
    }

    it('is sent to a client that joins while it runs, after the first has left', async () => {
      const body = { input: 'slow 30x10ms\nsay attached' };
      const { texts } = await readSome(server.url, body, 4, withKey('attached'));
      const reply = await send(server, { ...body, stream: true }, 'attached');
      assert.ok(isReplayed(reply));
      const whole = await textsOf(reply);
      assert.deepEqual(whole.slice(0, texts.length), texts);
      assert.equal(toEvents(whole).at(-1)?.type, 'response.completed');
      assert.equal(turnsOf(server, body.input), 1);
    });

    it('refuses its key for another body; the order of fields does not matter', async () => {
      const input = 'say bodies';
      const { id } = await readJson(await send(server, { input, temperature: 1 }, 'bodies'));
      for (const other of [{ input }, { input, temperature: 1, stream: true }, { input: 'say x', temperature: 1 }]) {
        await assertRefused(await send(server, other, 'bodies'), 409, 'idempotency_key_conflict');
      }
      const reply = await post(`${server.url}/v1/responses`, { temperature: 1, input, model }, withKey('bodies'));
      assert.ok(isReplayed(reply));
      assert.equal((await readJson(reply)).id, id);
    });

    for (const status of [400, 404, 500]) {
      it(`can be retried when the agent refused it with ${status}: it produced no output`, async () => {
        const body = { input: `status ${status} times 3\nsay after ${status}` };
        const key = `refused-${status}`;
        const replies = [await send(server, body, key)];
        while (replies.at(-1)?.status !== 200 && replies.length < 5) replies.push(await send(server, body, key));
        const last = replies.pop();
        assert.equal(last?.status, 200);
        assert.ok(replies.length > 0);
        for (const reply of [...replies, last]) assert.equal(isReplayed(reply), false, `${reply.status}`);
        assert.ok(isReplayed(await send(server, body, key)));
      });
    }

    it('can be retried when it failed empty in the background', async () => {
      const body = { input: 'status 400 times 1\nsay background', background: true };
      const { id } = await readJson(await send(server, body, 'background-refused'));
      assert.equal(toEvents(await readTexts(server.url, id)).at(-1)?.type, 'response.failed');
      const next = await send(server, body, 'background-refused');
      assert.equal(isReplayed(next), false);
      assert.notEqual((await readJson(next)).id, id);
    });

    it('is not retried when it was cancelled, even without output', async () => {
      const body = { input: 'hang', background: true };
      const { id } = await readJson(await send(server, body, 'stopped'));
      await server.openai.responses.cancel(id);
      const reply = await send(server, body, 'stopped');
      assert.ok(isReplayed(reply));
      const replayed = await readJson(reply);
      assert.deepEqual([replayed.id, replayed.status, replayed.output], [id, 'cancelled', []]);
    });

    it('replays its failure when it failed midway', async () => {
      // A model's first answer is a stream. A plain one has no output before it fails.
      const body = { model: 'other-model', input: 'say one two three\nbreak after 2' };
      const replies = [await send(server, body, 'midway'), await send(server, body, 'midway')];
      const errors = await Promise.all(replies.map(async (reply) => JSON.parse(await reply.text()).error));
      for (const { status } of replies) assert.equal(status, 502);
      assert.deepEqual(errors[0], errors[1]);
      assert.deepEqual(replies.map(isReplayed), [false, true]);
      const stream = { ...body, stream: true };
      const streams = [await send(server, stream, 'midway-2'), await send(server, stream, 'midway-2')];
      const [first, second] = await Promise.all(streams.map(textsOf));
      assert.deepEqual(first, second);
      assert.equal(toEvents(first ?? []).at(-1)?.type, 'response.failed');
      assert.equal(turnsOf(server, body.input), 2);
    });

    it('accepts keys of 1 to 255 visible ASCII characters, and no others', async () => {
      for (const key of ['!', 'k'.repeat(255), '~"{}%']) {
        assert.equal((await send(server, { input: 'say keys' }, key)).status, 200, key);
      }
      for (const key of ['', 'k'.repeat(256), 'a b', 'ä']) {
        await assertRefused(await send(server, { input: 'say never' }, key), 400, 'invalid_value');
      }
      assert.equal(turnsOf(server, 'say never'), 0);
    });

    it('runs again under its key once it was deleted', async () => {
      const body = { input: 'say deleted' };
      const { id } = await readJson(await send(server, body, 'deleted'));
      await server.openai.responses.delete(id);
      const reply = await send(server, body, 'deleted');
      assert.equal(isReplayed(reply), false);
      assert.notEqual((await readJson(reply)).id, id);
    });

    it('is stored like any other, unless store is false', async () => {
      const { id } = await readJson(await send(server, { input: 'say kept' }, 'kept'));
      const next = await server.openai.responses.create({ model, input: 'How many?', previous_response_id: id });
      assert.match(next.output_text, /\(3 messages\)/);
      const { id: unstored } = await readJson(await send(server, { input: 'say kept', store: false }, 'unkept'));
      assert.equal((await checkedFetch(`${server.url}/v1/responses/${unstored}`)).status, 404);
    });
  });
}

for (const kind of lastingStores) {
  describe(`a key after a restart (${kind.name})`, () => {
    it('still names its response', async () => {
      await using server = await startResumable(kind);
      const body = { input: 'say lasting', stream: true };
      const texts = await textsOf(await send(server, body, 'lasting'));
      await server.stop();
      await server.start();
      const reply = await send(server, body, 'lasting');
      assert.ok(isReplayed(reply));
      assert.deepEqual(await textsOf(reply), texts);
      assert.equal(turnsOf(server, body.input), 1);
    });
  });
}
