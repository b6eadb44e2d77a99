import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../clients/read-events.ts';
import { assertReadable } from '../clients/stream-rules.ts';
import { lastingStores, storeKinds } from '../helpers/store-urls.ts';
import { isApiError } from './is-api-error.ts';
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

/** Reasoning, a text and two calls: most kinds of events. */
const varied = (name: string) => `reason let me ${name} see\nsay one two\ntool a {"x":1}\ntool b {"y":"${name}"}`;

/** Reads from every position, and beyond, and compares with the events of the first time. */
async function assertResumesEverywhere({ url }: ResumableServer, id: string, whole: string[]): Promise<void> {
  assert.deepEqual(await readTexts(url, id), whole);
  for (let after = 0; after <= whole.length; after++) {
    assert.deepEqual(await readTexts(url, id, after), whole.slice(after + 1), `after ${after}`);
  }
}

for (const kind of storeKinds) {
  describe(`a replayed stream (${kind.name})`, () => {
    const server = useResumable(kind);

    for (const background of [true, false]) {
      const where = background ? 'in the background' : 'before its reader';
      it(`has the bytes of the first time, from every position (${where})`, async () => {
        const { id, texts } = await readSome(server.url, { input: varied(where), background }, 1000);
        assertReadable(toEvents(texts));
        await assertResumesEverywhere(server, id, texts);
      });
    }

    it('continues in the background without its reader, and can be resumed', async () => {
      const input = 'slow 40x5ms';
      const { id, texts } = await readSome(server.url, { input, background: true }, 8);
      const rest = await readTexts(server.url, id, texts.length - 1);
      const whole = [...texts, ...rest];
      const events = toEvents(whole);
      assertReadable(events);
      assert.equal(events.at(-1)?.type, 'response.completed');
      assert.deepEqual(await readTexts(server.url, id), whole);
      assert.equal(turnsOf(server, input), 1);
    });

    it('is sent to ten concurrent readers, each from another position, and to later ones', async () => {
      const { id } = await server.openai.responses.create({ model, input: 'slow 60x5ms', background: true });
      const readers = Array.from({ length: 10 }, async (_, index) => {
        await sleep(index * 20);
        return readTexts(server.url, id, index * 5 - 1 < 0 ? undefined : index * 5 - 1);
      });
      const read = await Promise.all(readers);
      const whole = await readTexts(server.url, id);
      assertReadable(toEvents(whole));
      for (const [index, texts] of read.entries()) assert.deepEqual(texts, whole.slice(index * 5), `reader ${index}`);
    });

    it('is read by the official SDK, from its start and from a position in it', async () => {
      const { openai } = server;
      const { id } = await openai.responses.create({ model, input: varied('sdk'), background: true });
      const numbers: number[] = [];
      for await (const event of await openai.responses.retrieve(id, { stream: true })) {
        numbers.push(event.sequence_number);
      }
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index),
      );
      const resumed: number[] = [];
      for await (const event of await openai.responses.retrieve(id, { stream: true, starting_after: 4 })) {
        resumed.push(event.sequence_number);
      }
      assert.deepEqual(resumed, numbers.slice(5));
      const helper = openai.responses.stream({ response_id: id, starting_after: 4 });
      const seen: number[] = [];
      for await (const event of helper) seen.push(event.sequence_number);
      assert.deepEqual(seen, numbers.slice(5));
      const final = await helper.finalResponse();
      assert.deepEqual([final.id, final.status, final.output_text], [id, 'completed', 'one two']);
      assert.equal(final.output.length, 4);
    });

    it('begins with the first event for an earlier position', async () => {
      const { id, texts } = await readSome(server.url, { input: 'say early' }, 1000);
      for (const place of [-1, -2, -300]) {
        const reply = await fetch(`${server.url}/v1/responses/${id}?stream=true&starting_after=${place}`);
        assert.deepEqual(await textsOf(reply), texts, `${place}`);
      }
    });

    it('ends immediately for a position beyond the last event', async () => {
      const { id } = await readSome(server.url, { input: 'say far' }, 1000);
      const { id: unlogged } = await server.openai.responses.create({ model, input: 'say unlogged' });
      for (const place of ['99', `${2 ** 53}`, `${2n ** 63n}`, '1e300']) {
        for (const each of [id, unlogged]) {
          const reply = await fetch(`${server.url}/v1/responses/${each}?stream=true&starting_after=${place}`);
          assert.deepEqual(await textsOf(reply), [], place);
        }
      }
    });

    it('refuses invalid positions and unknown responses', async () => {
      const { openai, url } = server;
      const { id } = await openai.responses.create({ model, input: 'say x' });
      for (const place of ['x', '1.5', '-']) {
        const reply = await fetch(`${url}/v1/responses/${id}?stream=true&starting_after=${place}`);
        assert.equal(reply.status, 400, place);
        assert.match(await reply.text(), /"param":"starting_after"/);
      }
      const missing = openai.responses.retrieve('resp_missing', { stream: true });
      await assert.rejects(async () => missing, isApiError(404, 'response_not_found', 'response_id'));
    });
  });
}

for (const kind of lastingStores) {
  describe(`a stream that is replayed after a restart (${kind.name})`, () => {
    it('has the same bytes from every position', async () => {
      await using server = await startResumable(kind);
      const { id, texts } = await readSome(server.url, { input: varied('again'), background: true }, 1000);
      await server.stop();
      await server.start();
      await assertResumesEverywhere(server, id, texts);
    });
  });
}

describe('a reader of an idle stream', () => {
  it('gets its headers immediately, and comments that keep the connection open', async () => {
    const [kind = assert.fail('there is a kind of store')] = storeKinds;
    await using server = await startResumable(kind, { API_SERVER_KEEP_ALIVE_MS: '100' });
    const { id, texts } = await readSome(server.url, { input: 'hang', background: true }, 3);
    const controller = new AbortController();
    const place = `stream=true&starting_after=${texts.length - 1}`;
    const reply = await fetch(`${server.url}/v1/responses/${id}?${place}`, { signal: controller.signal });
    assert.equal(reply.status, 200);
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of reply.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes(':')) break;
    }
    assert.match(text, /^:/m);
    assert.deepEqual(readEvents(text), []);
  });
});
