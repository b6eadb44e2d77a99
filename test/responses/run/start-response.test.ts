import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { isResponseId } from '../../../src/ids.ts';
import { createLog } from '../../../src/log.ts';
import type { ResponseRequest, ResponseRun } from '../../../src/responses/responses-deps.ts';
import { foldResponse } from '../../../src/responses/run/fold-response.ts';
import { startResponse } from '../../../src/responses/run/start-response.ts';
import { createSealer } from '../../../src/seal/seal.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createRuns, plainSettings } from '../../helpers/create-runs.ts';
import { readEvents } from '../../helpers/event-batches.ts';

const model = 'test';

async function start(request: ResponseRequest, signal: AbortSignal = new AbortController().signal) {
  const store = await openStore({ kind: 'memory', maxResponses: 10 });
  const deps = {
    agent: createOfflineAgent(),
    store,
    sealer: createSealer(await store.secret('seal')),
    runs: createRuns(store),
    log: createLog('silent'),
    ...plainSettings,
  };
  return { store, run: await startResponse({ model, ...request }, deps, { tenant: 'default', signal }) };
}

const eventsOf = (run: ResponseRun) => readEvents(run.events);

describe('the run of a response', () => {
  it('is stored before its last event can be read', async () => {
    const { run, store } = await start({ input: 'Hello' });
    for await (const { events } of run.events) {
      const isLast = events.some((event) => event.type === 'response.completed');
      assert.equal(await store.responses.count(), isLast ? 1 : 0);
    }
    assert.equal(await store.responses.count(), 1);
  });

  it('fails when it could not be stored: a completed response can always be continued', async () => {
    const { run, store } = await start({ input: 'Hello' });
    await store[Symbol.asyncDispose]();
    const events = await eventsOf(run);
    const last = events.at(-1);
    assert.ok(last?.type === 'response.failed');
    assert.deepEqual([last.response.status, last.response.completed_at], ['failed', null]);
    assert.equal(last.response.error?.code, 'store_unavailable');
    assert.equal(run.failure?.code, 'store_unavailable');
    assert.deepEqual(
      events.map((event) => event.sequence_number),
      events.map((_, index) => index),
    );
  });

  it('folds to an error when it failed', async () => {
    const { run } = await start({ input: '/say one two\n/break after 1' });
    await assert.rejects(foldResponse(run), (error) => error instanceof ApiError && error.code === 'upstream_error');
  });

  it('fails when the agent produces no output: no empty message is invented', async () => {
    const { run } = await start({ input: '/wait 1ms' });
    const last = (await eventsOf(run)).at(-1);
    assert.ok(last?.type === 'response.failed');
    assert.deepEqual(last.response.output, []);
    assert.equal(run.failure?.status, 502);
  });

  it('is incomplete when the limit left no room for output', async () => {
    const { run } = await start({ input: '/say one two\n/limit 0' });
    const last = (await eventsOf(run)).at(-1);
    assert.ok(last?.type === 'response.incomplete');
    assert.deepEqual(last.response.output, []);
  });

  it('ends as cancelled, without a terminal event, when its client leaves', async () => {
    const controller = new AbortController();
    const { run, store } = await start({ input: '/tokens 1000 delay 5ms' }, controller.signal);
    const types: string[] = [];
    let id: string | undefined;
    for await (const { events } of run.events) {
      for (const event of events) {
        types.push(event.type);
        if (event.type === 'response.created') id = event.response.id;
      }
      if (types.includes('response.output_text.delta')) {
        controller.abort(new ApiError('request_cancelled', 'The client closed the request.'));
      }
    }
    assert.ok(!types.some((type) => /completed|failed|incomplete$/.test(type)));
    assert.equal(await statusOf(store, id), 'cancelled');
  });

  it('ends as cancelled when its events are no longer read', async () => {
    const { run, store } = await start({ input: '/tokens 1000 delay 5ms' });
    let id: string | undefined;
    for await (const {
      events: [first],
    } of run.events) {
      if (first && 'response' in first) id = first.response.id;
      break;
    }
    assert.equal(await statusOf(store, id), 'cancelled');
  });

  it('fails with the reason when the server stops', async () => {
    const controller = new AbortController();
    const { run, store } = await start({ input: '/tokens 1000 delay 5ms' }, controller.signal);
    controller.abort(new ApiError('server_shutting_down', 'The server is shutting down.'));
    const last = (await eventsOf(run)).at(-1);
    assert.ok(last?.type === 'response.failed');
    assert.equal(last.response.error?.message, 'The server is shutting down.');
    assert.equal(await statusOf(store, last.response.id), 'failed');
  });

  it('does not start for an unsupported request', async () => {
    const refused: [Partial<ResponseRequest>, string, string][] = [
      [{ background: true, store: false }, 'unsupported_value', 'background'],
      [{ prompt: { id: 'pmpt_1' } }, 'unsupported_parameter', 'prompt'],
    ];
    for (const [fields, code, param] of refused) {
      await assert.rejects(start({ input: 'Hello', ...fields }), (error) => {
        assert.ok(error instanceof ApiError);
        assert.deepEqual([error.code, error.param], [code, param]);
        return true;
      });
    }
  });

  it('does not start with only an empty system message', async () => {
    await assert.rejects(start({ input: [{ role: 'system', content: '' }] }), (error) => {
      return error instanceof ApiError && error.param === 'input' && error.status === 400;
    });
  });
});

type Started = Awaited<ReturnType<typeof start>>;

async function statusOf(store: Started['store'], id: string | undefined): Promise<unknown> {
  assert.ok(id !== undefined && isResponseId(id));
  return (await store.responses.get('default', id))?.resource['status'];
}
