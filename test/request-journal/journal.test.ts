import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Schemas } from '../../src/contract/types.ts';
import { createOperator, type Operator } from '../admin/operator.ts';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket } from '../websocket/connect-socket.ts';

type Entry = Schemas['JournalEntry'];
type Verdict = Schemas['JournalVerdict'];

const bodyOf = <Body>({ response }: Entry) => response?.body as Body;

describe('the journal', () => {
  let server: TestServer;
  let operator: Operator;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: 'sk-app', API_SERVER_OPERATOR_KEY: 'sk-ops' });
    operator = createOperator(server.url, 'sk-ops');
  });
  beforeEach(() => operator.delete('/journal'));
  after(() => server[Symbol.asyncDispose]());

  const list = async (query = 'order=asc') =>
    (await operator.get<Schemas['JournalEntryList']>(`/journal?${query}`)).data;
  const first = async (): Promise<Entry> => {
    const [entry] = await list();
    assert.ok(entry, 'the journal is empty');
    return entry;
  };
  const verify = (body: Schemas['VerifyRequestsRequest']) => operator.post<Verdict>('/journal/verify', body);
  const wait = (body: Schemas['WaitForRequestsRequest']) => operator.post<Verdict>('/journal/wait', body);
  const send = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { authorization: 'Bearer sk-app', ...init.headers } });
  const sendJson = (path: string, body: unknown, init: RequestInit = {}) =>
    send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });

  it('has a response with its request, its reply and no secret', async () => {
    const tool = { type: 'mcp', server_label: 'docs', authorization: 'sk-2', headers: { 'X-Key': 'sk-3' } };
    const reply = await sendJson(
      '/v1/responses',
      {
        model: 'offline',
        input: [{ role: 'user', content: [{ type: 'input_text', text: '/say Hello.' }] }],
        tools: [{ ...tool, server_url: 'https://user:sk-5@mcp.example/sse?key=sk-1' }],
      },
      { headers: { cookie: 'session=sk-4', 'x-team': 'red', 'idempotency-key': 'once' } },
    );
    const id = reply.headers.get('x-request-id');
    const entry = await operator.get<Entry>(`/journal/${id}`);
    assert.doesNotMatch(JSON.stringify(entry), /sk-/);
    assert.deepEqual(
      [entry.operation, entry.path, entry.tenant, entry.model, entry.message, entry.transport],
      ['createResponse', '/v1/responses', 'default', 'offline', '/say Hello.', 'http'],
    );
    const { authorization, cookie, 'x-team': team, 'idempotency-key': key } = entry.headers;
    assert.deepEqual([authorization, cookie, team, key], ['[redacted]', '[redacted]', 'red', 'once']);
    assert.deepEqual([entry.status, entry.outcome], [400, 'completed']);
    assert.equal(bodyOf<Schemas['ErrorResponse']>(entry).error.code, entry.error?.code);
  });

  it('folds the streams of both APIs', async () => {
    const { openai } = createStreams(server);
    const call = '/say Let me see.\n/call get_weather {"city":"Paris"}';
    await openai.chat(call);
    await openai.responses(call);
    const plain = await server.openai.responses.create({ model: 'offline', input: '/say Plain.' });
    const [chat, response, json] = await list();
    assert.ok(chat && response && json);
    for (const entry of [chat, response]) {
      assert.equal(entry.response?.text, 'Let me see.');
      assert.deepEqual(entry.response?.tool_calls, [{ name: 'get_weather', arguments: '{"city":"Paris"}' }]);
      assert.ok((entry.response?.events ?? 0) > 4);
      assert.deepEqual([entry.outcome, entry.status], ['completed', 200]);
      assert.ok((entry.milliseconds ?? -1) >= 0);
    }
    assert.equal(bodyOf<Schemas['ChatCompletion']>(chat).choices[0]?.finish_reason, 'tool_calls');
    assert.equal(bodyOf<Schemas['ResponseResource']>(response).status, 'completed');
    assert.deepEqual([json.response?.text, json.response?.events], ['Plain.', 0]);
    assert.equal(bodyOf<Schemas['ResponseResource']>(json).id, plain.id);
  });

  it('has the requests that were refused, but neither those of operators nor probes nor pages', async () => {
    await send('/v1/models', { headers: { authorization: 'Bearer wrong' } });
    await send('/v1/responses', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    await sendJson('/v1/chat/completions', { model: 'offline' });
    await sendJson('/responses', { model: 'offline' });
    await send('/v1/responses', { method: 'PUT' });
    for (const path of ['/health', '/ready', '/openapi.yaml', '/metrics', '/admin/v1/runs']) await send(path);
    const refused = (await list()).map(({ method, path, status, error, tenant }) =>
      [method, path, status, error?.code, tenant].join(' '),
    );
    assert.deepEqual(refused, [
      'GET /v1/models 401 invalid_api_key ',
      'POST /v1/responses 400 invalid_json default',
      'POST /v1/chat/completions 400 missing_required_parameter default',
      'POST /responses 404 not_found ',
      'PUT /v1/responses 405 method_not_allowed ',
    ]);
  });

  it('shows a request in progress, and a client that leaves', async () => {
    const abort = new AbortController();
    const body = { model: 'offline', stream: true, messages: [{ role: 'user', content: '/say One.\n/wait 30000ms' }] };
    const reply = await sendJson('/v1/chat/completions', body, { signal: abort.signal });
    assert.equal(reply.status, 200);
    const running = await wait({ match: { message: '/say One.*', outcome: 'in_progress' } });
    assert.deepEqual([running.satisfied, running.data[0]?.milliseconds], [true, null]);
    abort.abort();
    const left = await wait({ match: { outcome: 'client_left' } });
    assert.equal(left.satisfied, true, left.message);
    assert.deepEqual([left.data[0]?.response?.body, left.data[0]?.response?.text], [null, 'One.']);
  });

  it('is listed in pages, in both orders, by filters', async () => {
    for (const input of ['one invoice', 'two', 'three invoice']) {
      await server.openai.responses.create({ model: 'offline', input: `/say ${input}` });
    }
    const messages = async (query: string) => (await list(query)).map(({ message }) => message);
    assert.deepEqual(await messages('order=asc'), ['/say one invoice', '/say two', '/say three invoice']);
    assert.deepEqual(await messages('text=invoice'), ['/say three invoice', '/say one invoice']);
    assert.deepEqual(await messages('path=/v1/resp*&status=200&limit=1'), ['/say three invoice']);
    assert.deepEqual(await messages('operation=createChatCompletion'), []);
    assert.deepEqual(await messages('model=off*&tenant=default&outcome=completed&limit=1'), ['/say three invoice']);
    const page = await operator.get<Schemas['JournalEntryList']>('/journal?limit=2');
    assert.equal(page.has_more, true);
    assert.deepEqual(await messages(`limit=2&after=${page.next}`), ['/say one invoice']);
    assert.equal(await operator.refusal('GET', '/journal?after=wrong'), '400 invalid_value');
    assert.equal(await operator.refusal('GET', '/journal/req_0'), '404 journal_entry_not_found');
    assert.deepEqual(await operator.delete('/journal'), { object: 'journal.reset', removed: 3 });
    assert.deepEqual(await list(), []);
  });

  it('verifies amounts, and explains the nearest requests', async () => {
    await server.openai.responses.create({ model: 'offline', input: 'Hello', temperature: 0.2 });
    await server.openai.responses.create({ model: 'offline', input: 'Bye' });
    const { id } = await first();
    const good = await verify({ match: { message: 'Hell*', body: { temperature: 0.2 } }, count: 1 });
    assert.deepEqual([good.satisfied, good.found, good.nearest], [true, 1, []]);
    assert.equal(good.data[0]?.id, id);
    assert.equal((await verify({ match: { status: 500 }, count: 0 })).satisfied, true);
    assert.equal((await verify({ at_most: 1 })).satisfied, false);
    assert.equal((await verify({ at_least: 1, at_most: 2 })).satisfied, true);
    const bad = await verify({ match: { message: 'Hello', body: { temperature: 0 } } });
    assert.equal(bad.satisfied, false);
    assert.deepEqual(bad.nearest[0]?.reasons, ['body.temperature is 0.2, expected 0']);
    assert.deepEqual(bad.nearest[1]?.reasons, [
      'message is "Bye", expected "Hello"',
      'body.temperature is missing, expected 0',
    ]);
    assert.equal(
      bad.message.split('\n').slice(0, 3).join('\n'),
      'Expected at least 1 request with message "Hello" and body {"temperature":0}, found 0.\n' +
        'Nearest requests:\n' +
        `  POST /v1/responses (200, ${id}): body.temperature is 0.2, expected 0`,
    );
    const many = await verify({ count: 1 });
    assert.match(many.message, /^Expected exactly 1 request, found 2\.\nMatching requests:\n {2}POST \/v1\/responses/);
    await operator.delete('/journal');
    assert.match((await verify({ count: 2 })).message, /found 0\.\nThe journal is empty/);
  });

  it('matches tools, headers and texts anywhere', async () => {
    await server.openai.chat.completions.create(
      {
        model: 'offline',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        ],
        tools: [{ type: 'function', function: { name: 'get_weather' } }],
      },
      { headers: { 'x-team': 'red' } },
    );
    const matching: Schemas['JournalMatch'][] = [
      { text: 'Be brief' },
      { tools: ['get_weather'] },
      { headers: { 'X-Team': 'r*' } },
      { method: 'post', transport: 'http', operation: 'createChatCompletion' },
      { body: { messages: [{ role: 'system' }, { role: 'user' }] } },
    ];
    for (const match of matching)
      assert.equal((await verify({ match, count: 1 })).satisfied, true, JSON.stringify(match));
    const others: [Schemas['JournalMatch'], string][] = [
      [{ text: 'verbose' }, 'no text of the body contains "verbose"'],
      [{ tools: ['get_weather', 'send'] }, 'tools offered are get_weather, expected also send'],
      [{ headers: { 'x-team': 'blue' } }, 'header x-team is "red", expected "blue"'],
      [{ body: { messages: [] } }, 'body.messages has 2 elements, expected 0'],
      [{ rule: 'greeting' }, 'rule is missing, expected "greeting"'],
      [{ status: 404 }, 'status is 200, expected 404'],
    ];
    for (const [match, reason] of others) {
      const verdict = await verify({ match });
      assert.deepEqual(verdict.nearest[0]?.reasons, [reason]);
    }
  });

  it('waits for requests, and gives up in time', async () => {
    const waiting = wait({ match: { message: '/say late*' }, at_least: 2 });
    await server.openai.responses.create({ model: 'offline', input: '/say late 1' });
    await server.openai.responses.create({ model: 'offline', input: '/say late 2' });
    assert.deepEqual(
      (await waiting).data.map(({ message }) => message),
      ['/say late 1', '/say late 2'],
    );
    const none = await wait({ match: { message: 'never' }, timeout_ms: 20 });
    assert.deepEqual([none.satisfied, none.found, none.nearest.length], [false, 0, 2]);
  });

  it('refuses what contradicts, and misspelt fields', async () => {
    const refusals: [unknown, string][] = [
      [{ count: 1, at_least: 1 }, '400 invalid_value'],
      [{ at_least: 2, at_most: 1 }, '400 invalid_value'],
      [{ match: { mesage: 'Hello' } }, '400 unsupported_parameter'],
    ];
    for (const [body, refusal] of refusals)
      assert.equal(await operator.refusal('POST', '/journal/verify', body), refusal);
    assert.equal(await operator.refusal('POST', '/journal/wait', { timeout_ms: 60_001 }), '400 invalid_value');
  });
});

describe('the journal of a WebSocket', () => {
  it('has each turn, also a refused one', async () => {
    await using server = await startTalaria();
    await using client = await connectSocket(server.url);
    const operator = createOperator(server.url);
    await client.create({ input: '/say Hello.' });
    await client.create({ input: 7 });
    client.send({ type: 'response.create', store: false, input: '/say Late.\n/wait 30000ms' });
    const { satisfied, message } = await operator.post<Verdict>('/journal/wait', {
      match: { transport: 'websocket', message: '*Late*', outcome: 'in_progress' },
    });
    assert.ok(satisfied, message);
    client.socket.terminate();
    await operator.post('/journal/wait', { match: { outcome: 'client_left' } });
    const { data } = await operator.get<Schemas['JournalEntryList']>('/journal?order=asc');
    const turns = data.map(({ id, operation, status, outcome, error, response }) =>
      [id.split('.')[1], operation, status, outcome, error?.code, response?.text].join(' '),
    );
    assert.deepEqual(turns, [
      '1 createResponse 200 completed  Hello.',
      '2 createResponse 400 completed invalid_type ',
      '3 createResponse 200 client_left request_cancelled Late.',
    ]);
    assert.equal(bodyOf<Schemas['ResponseResource']>(data[0] as Entry).status, 'completed');
  });
});

describe('the journal of a stream that fails', () => {
  const script = '/say one two three\n/break after 2';
  const requests = {
    '/v1/responses': { input: script },
    '/v1/chat/completions': { messages: [{ role: 'user', content: script }] },
  };
  for (const [path, request] of Object.entries(requests)) {
    it(`has its error: ${path}`, async () => {
      await using server = await startTalaria({});
      const reply = await fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...request, stream: true }),
      });
      await reply.text();
      const { data } = await createOperator(server.url).get<Schemas['JournalEntryList']>('/journal');
      assert.deepEqual(
        data.map(({ status, error, response }) => [status, error?.code, response?.text]),
        [[200, 'upstream_error', 'one two']],
      );
    });
  }
});

describe('the journal of a WebSocket that a fault breaks', () => {
  for (const kind of ['reset', 'close']) {
    it(`has what was sent before: ${kind}`, async () => {
      await using server = await startTalaria({ AGENT_URL: 'rules:' });
      const operator = createOperator(server.url);
      await fetch(`${server.url}/admin/v1/rules`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rules: [{ reply: { text: 'one two three four', fault: { kind, after: 2 } } }] }),
      });
      await using client = await connectSocket(server.url);
      client.send({ type: 'response.create', store: false, input: 'Count.' });
      await client.closed;
      const { satisfied, message, data } = await operator.post<Verdict>('/journal/wait', {
        match: { outcome: 'cut_short' },
      });
      assert.ok(satisfied, message);
      assert.equal(data[0]?.response?.text, 'one two');
    });
  }
});

describe('the setting JOURNAL_ENTRIES', () => {
  it('turns the journal off, and bounds it', async () => {
    await using off = await startTalaria({ JOURNAL_ENTRIES: '0' });
    assert.equal(await createOperator(off.url).refusal('GET', '/journal'), '409 journal_disabled');
    await using small = await startTalaria({ JOURNAL_ENTRIES: '2' });
    for (const input of ['1', '2', '3']) await small.openai.responses.create({ model: 'offline', input });
    const { data } = await createOperator(small.url).get<Schemas['JournalEntryList']>('/journal');
    assert.deepEqual(
      data.map(({ message }) => message),
      ['3', '2'],
    );
  });

  it('is off for agents that are not played', async () => {
    await using real = await startTalaria({ AGENT_URL: 'http://127.0.0.1:9/v1' });
    assert.equal(await createOperator(real.url).refusal('GET', '/journal'), '409 journal_disabled');
    await using asked = await startTalaria({ AGENT_URL: 'http://127.0.0.1:9/v1', JOURNAL_ENTRIES: '10' });
    await createClient(asked.url)
      .responses.create({ model: 'any', input: 'Hello' })
      .catch(() => undefined);
    const { data } = await createOperator(asked.url).get<Schemas['JournalEntryList']>('/journal');
    assert.deepEqual([data[0]?.status, data[0]?.error?.code], [502, 'upstream_error']);
  });

  it('requires a single process', async () => {
    await assert.rejects(startTalaria({ JOURNAL_ENTRIES: '5', WORKERS: '2', STORE_URL: 'sqlite:unused.db' }), {
      message: 'JOURNAL_ENTRIES=5 requires WORKERS=1: each worker would have a journal of its own.',
    });
  });
});

function createStreams({ openai }: TestServer) {
  const drain = async (stream: AsyncIterable<unknown>) => {
    for await (const _event of stream);
  };
  return {
    openai: {
      chat: async (content: string) =>
        drain(
          await openai.chat.completions.create({
            model: 'offline',
            messages: [{ role: 'user', content }],
            stream: true,
          }),
        ),
      responses: async (input: string) =>
        drain(await openai.responses.create({ model: 'offline', input, stream: true })),
    },
  };
}
