import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import OpenAI from 'openai';
import { lastingStores, storeKinds } from '../helpers/store-urls.ts';
import type { TestServer } from '../helpers/talaria.ts';
import { call, odd, startMcpTalaria, use } from './mcp-talaria.ts';

type Response = OpenAI.Responses.Response;

const tools = [use('odd', { require_approval: 'always' })];
/** The offline agent quotes the result. */
const input = call('odd__pid');

const start = (url: string): Promise<TestServer> => startMcpTalaria({ odd }, { STORE_URL: url });

/** Starts a turn that ends with a request for approval. */
async function startTurn({ openai }: TestServer): Promise<{ response: Response; request: string }> {
  const response = await openai.responses.create({ model: 'any', input, tools });
  assert.equal(response.status, 'completed');
  const [, request, ...others] = response.output;
  assert.ok(request?.type === 'mcp_approval_request', JSON.stringify(response.output));
  assert.deepEqual(others, []);
  const { server_label, name, arguments: args } = request;
  assert.deepEqual({ server_label, name, args }, { server_label: 'odd', name: 'pid', args: '{}' });
  return { response, request: request.id };
}

interface Answer {
  approve: boolean;
  reason?: string;
}

const answer = (
  { openai }: TestServer,
  { response, request }: { response: Response; request: string },
  said: Answer = { approve: true },
): Promise<Response> =>
  openai.responses.create({
    model: 'any',
    tools,
    previous_response_id: response.id,
    input: [{ type: 'mcp_approval_response', approval_request_id: request, ...said }],
  });

/** Returns the calls of a response. */
const callsOf = ({ output }: Response) => output.filter((item) => item.type === 'mcp_call');

function checkApproved(response: Response, request: string): void {
  const [done, ...others] = callsOf(response);
  assert.deepEqual(others, []);
  assert.equal(done?.approval_request_id, request);
  assert.match(done.output ?? '', /^\d+$/);
  assert.ok(response.output_text.includes(done.output ?? ''), response.output_text);
}

const isConflict = (error: unknown): boolean =>
  error instanceof OpenAI.APIError && error.status === 409 && error.code === 'approval_conflict';

for (const kind of storeKinds) {
  describe(`an approval in the ${kind.name} store`, () => {
    it('is asked for, given, and then the call runs', async () => {
      await using place = await kind.open();
      await using server = await start(place.url);
      const turn = await startTurn(server);
      checkApproved(await answer(server, turn), turn.request);
    });

    it('is denied: the call does not run, and the model reads the reason', async () => {
      await using place = await kind.open();
      await using server = await start(place.url);
      const turn = await startTurn(server);
      const response = await answer(server, turn, { approve: false, reason: 'too risky' });
      assert.deepEqual(callsOf(response), []);
      assert.match(response.output_text, /too risky/);
    });

    it('is used once: a second answer is a conflict', async () => {
      await using place = await kind.open();
      await using server = await start(place.url);
      const turn = await startTurn(server);
      checkApproved(await answer(server, turn), turn.request);
      await assert.rejects(answer(server, turn), isConflict);
      await assert.rejects(answer(server, turn, { approve: false }), isConflict);
    });

    it('is used by one of two answers at once', async () => {
      await using place = await kind.open();
      await using server = await start(place.url);
      const turn = await startTurn(server);
      const outcomes = await Promise.allSettled([answer(server, turn), answer(server, turn)]);
      const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      assert.equal(done.length, 1, JSON.stringify(outcomes));
      assert.ok(refused.every(isConflict), String(refused));
    });
  });
}

for (const kind of lastingStores) {
  describe(`an approval that lasts in the ${kind.name} store`, () => {
    it('is given after a restart', async () => {
      await using place = await kind.open();
      const turn = await (async () => {
        await using server = await start(place.url);
        return startTurn(server);
      })();
      await using restarted = await start(place.url);
      const found = await restarted.openai.responses.retrieve(turn.response.id);
      assert.ok(found.output.some(({ type }) => type === 'mcp_approval_request'));
      checkApproved(await answer(restarted, turn), turn.request);
    });

    it('is given on another server, once', async () => {
      await using place = await kind.open();
      await using first = await start(place.url);
      await using second = await start(place.url);
      const turn = await startTurn(first);
      checkApproved(await answer(second, turn), turn.request);
      await assert.rejects(answer(first, turn), isConflict);
    });

    it('is used by one of two servers that get an answer at once', async () => {
      await using place = await kind.open();
      await using first = await start(place.url);
      await using second = await start(place.url);
      const turn = await startTurn(first);
      const outcomes = await Promise.allSettled([answer(first, turn), answer(second, turn)]);
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, JSON.stringify(outcomes));
      for (const outcome of outcomes) if (outcome.status === 'rejected') assert.ok(isConflict(outcome.reason));
    });
  });
}
