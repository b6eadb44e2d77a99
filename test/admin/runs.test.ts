import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import OpenAI from 'openai';
import type { Schemas } from '../../src/contract/types.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { createOperator, type Operator, type Response, type Run, type RunDetails, type RunList } from './operator.ts';

const slow = '/tokens 2000 delay 20ms';

for (const kind of storeKinds) {
  describe(`runs, for operators (${kind.name})`, () => {
    const stack = new AsyncDisposableStack();
    let server: TestServer;
    /** Another server of the same store, unless the store is in memory. */
    let other: TestServer;
    let operator: Operator;
    let elsewhere: Operator;
    before(async () => {
      const { url: STORE_URL } = stack.use(await kind.open());
      server = stack.use(await startTalaria({ STORE_URL }));
      other = kind.lasts ? stack.use(await startTalaria({ STORE_URL })) : server;
      [operator, elsewhere] = [createOperator(server.url), createOperator(other.url)];
    });
    after(() => stack.disposeAsync());

    const runOf = (id: string) => elsewhere.get<RunDetails>(`/runs/${id}`);
    const until = async (id: string, status: Run['status']) => {
      await waitUntil(async () => {
        const { data } = await elsewhere.get<RunList>(`/runs?id=${id}`);
        return data[0]?.status === status;
      }, `${id} ${status}`);
      return runOf(id);
    };

    it('are listed with their facts, by any of them, and have a timeline', async () => {
      const made = await server.openai.responses.create({ model: 'offline', input: '/say One two.' });
      const failed = await server.openai.responses
        .create({ model: 'offline', input: '/status 429' })
        .catch((error: unknown) => error);
      assert.ok(failed instanceof OpenAI.RateLimitError);
      const chat = await server.openai.chat.completions.create({
        model: '',
        messages: [{ role: 'user', content: 'Hi' }],
      });
      const { run, calls, has_events } = await until(made.id, 'completed');
      assert.equal(has_events, false);
      assert.deepEqual(
        { kind: run.kind, tenant: run.tenant, model: run.model, background: run.background, attempt: run.attempt },
        { kind: 'response', tenant: 'default', model: 'offline', background: false, attempt: 1 },
      );
      assert.deepEqual([run.input_tokens, run.output_tokens], [made.usage?.input_tokens, made.usage?.output_tokens]);
      assert.ok(run.created_at <= (run.started_at ?? 0) && (run.started_at ?? 0) <= (run.ended_at ?? 0));
      assert.equal(run.model_calls, 1);
      const [call] = calls;
      assert.deepEqual([calls.length, call?.kind, call?.agent], [1, 'model', 'default']);
      assert.ok(call && call.started_at <= (call.answered_at ?? 0) && (call.answered_at ?? 0) <= (call.ended_at ?? 0));
      const { calls: chatCalls } = await until(chat.id, 'completed');
      assert.equal(chatCalls[0]?.name, 'offline', 'the model of the run: the request names none');
      const all = await elsewhere.get<RunList>('/runs?limit=100');
      assert.deepEqual(
        all.data.map(({ created_at }) => created_at),
        all.data.map(({ created_at }) => created_at).toSorted((a, b) => b - a),
      );
      const lists = async (query: string) => (await elsewhere.get<RunList>(`/runs?${query}`)).data;
      assert.deepEqual(
        (await lists('status=failed')).map(({ error }) => error?.code),
        ['rate_limit_exceeded'],
      );
      assert.deepEqual(
        (await lists('kind=chat.completion')).map(({ id }) => id),
        [chat.id],
      );
      assert.deepEqual(await lists('tenant=unknown'), []);
      assert.equal((await lists('model=offline&status=completed')).length, 2);
      const first = await elsewhere.get<RunList>('/runs?limit=1');
      const second = await elsewhere.get<RunList>(`/runs?limit=1&after=${first.next}`);
      assert.deepEqual([first.data, second.data].flat(), all.data.slice(0, 2));
      for (const path of ['/runs?after=x', `/runs?after=${first.next}.`, `/approvals?after=${first.next}`]) {
        assert.equal(await elsewhere.refusal('GET', path), '400 invalid_value', path);
      }
      assert.equal(await elsewhere.refusal('GET', `/runs/resp_${'0'.repeat(32)}`), '404 run_not_found');
    });

    it('are cancelled, whether they run or wait', async () => {
      const background = await server.openai.responses.create({ model: 'offline', input: slow, background: true });
      await until(background.id, 'running');
      const cancelled = await elsewhere.post<Run>(`/runs/${background.id}/cancel`);
      assert.equal((await until(background.id, 'cancelled')).run.id, cancelled.id);
      const streamed = await server.openai.responses.create({ model: 'offline', input: slow, stream: true });
      let last: OpenAI.Responses.ResponseStreamEvent | undefined;
      for await (const event of streamed) {
        if (event.type === 'response.created') {
          await until(event.response.id, 'running');
          await elsewhere.post(`/runs/${event.response.id}/cancel`);
        }
        last = event;
      }
      assert.equal(last?.type, 'response.failed');
      assert.equal(last.response.error?.code, 'run_stopped');
      await until(last.response.id, 'failed');
      const chat = server.openai.chat.completions.create({
        model: 'offline',
        messages: [{ role: 'user', content: slow }],
      });
      const refused = chat.then(
        () => assert.fail('it was stopped'),
        (error: unknown) => error,
      );
      let id = '';
      await waitUntil(async () => {
        const { data } = await elsewhere.get<RunList>('/runs?status=running&kind=chat.completion');
        id = data[0]?.id ?? '';
        return id !== '';
      });
      await elsewhere.post(`/runs/${id}/cancel`);
      const error = await refused;
      assert.ok(
        error instanceof OpenAI.APIError && error.code === 'run_stopped' && error.status === 403,
        String(error),
      );
      await until(id, 'failed');
      assert.equal((await elsewhere.post<Run>(`/runs/${id}/cancel`)).status, 'failed', 'it has ended');
    });

    it('are repeated with the same settings, history and input', async () => {
      const first = await server.openai.responses.create({ model: 'offline', input: 'I am Ada.' });
      const second = await server.openai.responses.create({
        model: 'offline',
        input: 'Who am I?',
        instructions: 'Be brief.',
        temperature: 0.5,
        metadata: { case: 'repeat' },
        previous_response_id: first.id,
      });
      await until(second.id, 'completed');
      const queued = await elsewhere.post<Response>(`/runs/${second.id}/repeat`);
      assert.notEqual(queued.id, second.id);
      await until(queued.id, 'completed');
      const repeated = await server.openai.responses.retrieve(queued.id);
      assert.equal(repeated.output_text, second.output_text);
      assert.deepEqual(
        [repeated.instructions, repeated.temperature, repeated.metadata, repeated.previous_response_id],
        ['Be brief.', 0.5, { case: 'repeat' }, first.id],
      );
      const inputOf = async (id: string) => {
        await until(id, 'completed');
        const { data } = await elsewhere.get<Schemas['ItemList']>(`/responses/${id}/input_items?order=asc`);
        return data.map((item) => JSON.stringify('content' in item && item.content)).join(' ');
      };
      await server.openai.responses.delete(first.id);
      const orphan = await elsewhere.post<Response>(`/runs/${second.id}/repeat`);
      assert.match(await inputOf(orphan.id), /I am Ada\..*Who am I\?/, 'its history is its input');
      const { id: conversation } = await server.openai.conversations.create();
      const said: Response[] = [];
      for (const input of ['One.', 'Two.', 'Three.']) {
        const turn = await server.openai.responses.create({ model: 'offline', input, conversation });
        await until(turn.id, 'completed');
        said.push(turn as unknown as Response);
      }
      const before = (await server.openai.conversations.items.list(conversation)).data;
      const middle = await elsewhere.post<Response>(`/runs/${said[1]?.id}/repeat`);
      const sent = await inputOf(middle.id);
      assert.match(sent, /One\..*Two\./);
      assert.doesNotMatch(sent, /Three/);
      assert.deepEqual((await server.openai.conversations.items.list(conversation)).data, before);
      const chat = await server.openai.chat.completions.create({
        messages: [{ role: 'user', content: 'Hi' }],
        model: '',
      });
      await until(chat.id, 'completed');
      assert.equal(await operator.refusal('POST', `/runs/${chat.id}/repeat`), '400 unsupported_value');
    });

    it('are steered in the background, and continued once they have ended', async () => {
      const made = await server.openai.responses.create({
        model: 'offline',
        input: '/tokens 200 delay 20ms',
        background: true,
      });
      await until(made.id, 'running');
      await waitUntil(async () => (await server.openai.responses.retrieve(made.id)).status === 'in_progress');
      const steered = await elsewhere.post<{ response_id: string | null }>(`/runs/${made.id}/steer`, {
        input: 'Only the last quarter, please.',
      });
      assert.equal(steered.response_id, null);
      const live = await elsewhere.get<Schemas['ResponseTree']>(`/responses/${made.id}/tree`);
      const [listed] = (await elsewhere.get<Schemas['ResponseSummaryList']>(`/responses?id=${made.id}`)).data;
      assert.deepEqual([live.nodes[0]?.status, listed?.status], ['in_progress', 'in_progress']);
      await until(made.id, 'completed');
      const { nodes } = await elsewhere.get<{ nodes: { id: string; parent_id: string | null }[] }>(
        `/responses/${made.id}/tree`,
      );
      const successor = nodes.find(({ parent_id }) => parent_id === made.id);
      assert.ok(successor);
      await until(successor.id, 'completed');
      assert.match(
        (await server.openai.responses.retrieve(successor.id)).output_text,
        /Only the last quarter, please\./,
      );
      const continued = await elsewhere.post<{ response_id: string }>(`/runs/${successor.id}/steer`, {
        input: 'And now?',
      });
      await until(continued.response_id, 'completed');
      const { output_text, previous_response_id } = await createClient(server.url).responses.retrieve(
        continued.response_id,
      );
      assert.match(output_text, /And now\?/);
      assert.equal(previous_response_id, successor.id);
      const streamed = await server.openai.responses.create({ model: 'offline', input: slow, stream: true });
      for await (const event of streamed) {
        if (event.type !== 'response.created') continue;
        await until(event.response.id, 'running');
        const refused = await elsewhere.refusal('POST', `/runs/${event.response.id}/steer`, { input: 'Hi' });
        assert.equal(refused, '400 unsupported_value');
        break;
      }
    });
  });
}
