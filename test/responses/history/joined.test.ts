import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import { useDirectory } from '../../clients/agents-under-test.ts';
import { createRandom } from '../../helpers/random.ts';
import { post, startTalaria } from '../../helpers/talaria.ts';
import { startUpstream, type UpstreamRequest } from '../../helpers/upstream.ts';
import { type MadeCall, type RandomTurn, randomTurn } from './random-turns.ts';

type Item = Record<string, unknown>;

/** An upstream of one server. It answers with the same script as the others. */
interface Model {
  url: string;
  /** Returns the requests since the last call. */
  take(): { body: unknown; continuesSession: boolean }[];
}

/** The requirements of upstreams. Each returns the text of a refusal. */
const habits: ((body: { messages: Item[] }) => string | undefined)[] = [
  () => undefined,
  () => undefined,
  ({ messages }) =>
    messages.some((message) => 'reasoning_content' in message) ? "Unknown field 'reasoning_content'." : undefined,
  ({ messages }) => (messages.some(({ content }) => content === null) ? "'content' must not be null." : undefined),
  ({ messages }) => (messages.some(({ content }) => content === '') ? 'The content must not be empty.' : undefined),
  ({ messages }) =>
    messages.some(({ role }, index) => role === 'user' && messages[index + 1]?.['role'] === 'user')
      ? 'Conversation roles must alternate user/assistant/user/assistant/...'
      : undefined,
];

class Script {
  answer: RandomTurn['answer'] = 'refused';
  habit: (typeof habits)[number] = () => undefined;
  /** The name under which thoughts are sent. */
  reasoningField = 'reasoning_content';

  reply({ body }: UpstreamRequest, response: ServerResponse): boolean {
    const refusal = this.answer === 'refused' ? 'The client is wrong.' : this.habit(body);
    if (refusal) {
      const error = { message: refusal, type: 'invalid_request_error', param: null, code: null };
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    } else if (this.answer === 'broken') this.#break(body.stream, response);
    else if (this.answer !== 'refused') this.#complete(this.answer, response);
    return true;
  }

  #complete({ message, finish }: Exclude<RandomTurn['answer'], string>, response: ServerResponse): void {
    const { reasoning_content: thoughts, ...rest } = message;
    const sent = thoughts === undefined ? rest : { ...rest, [this.reasoningField]: thoughts };
    const choices = [{ index: 0, message: sent, finish_reason: finish }];
    const completion = { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion));
  }

  #break(isStream: boolean, response: ServerResponse): void {
    if (!isStream) {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
    const choices = [{ index: 0, delta: { role: 'assistant', content: 'half' }, finish_reason: null }];
    response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`, () => response.destroy());
  }
}

async function startModel(stack: AsyncDisposableStack, script: Script): Promise<Model> {
  const upstream = stack.use(await startUpstream({ answer: (...exchange) => script.reply(...exchange) }));
  let taken = 0;
  return {
    url: upstream.url,
    take() {
      const bodies = upstream.requests
        .slice(taken)
        .map(({ body, headers }) => ({ body, continuesSession: 'x-hermes-session-id' in headers }));
      taken = upstream.requests.length;
      return bodies;
    },
  };
}

/** Starts two servers on one store: a chain that moves between them is not always in memory. */
async function startServers(stack: AsyncDisposableStack, { file, model }: { file: string; model: Model }) {
  const settings = { AGENT_URL: model.url, STORE_URL: `sqlite:${file}` };
  return [stack.use(await startTalaria(settings)), stack.use(await startTalaria(settings))];
}

function openDatabase(stack: AsyncDisposableStack, file: string) {
  const database = new SqliteDatabase(file);
  stack.defer(() => {
    database.close();
  });
  return database;
}

interface Outcome {
  id: string | undefined;
  status: unknown;
  usage: unknown;
  error: unknown;
  calls: MadeCall[];
}

async function createResponse(url: string | undefined, body: Item): Promise<Outcome> {
  const reply = await post(`${url}/v1/responses`, body);
  const text = await reply.text();
  const whole = body['stream'] && reply.ok ? toLastResponse(text) : JSON.parse(text);
  const calls = (whole.output ?? []).filter(({ type }: { type: string }) => type.endsWith('_call'));
  const { code, message } = whole.error ?? {};
  return { id: whole.id, status: whole.status, usage: whole.usage, error: [code, message], calls };
}

function toLastResponse(stream: string) {
  const events = stream.split('\n').flatMap((line) => (line.startsWith('data: {') ? JSON.parse(line.slice(6)) : []));
  return events.findLast((event) => event.response)?.response;
}

const tools = [
  { type: 'function', name: 'look', parameters: { type: 'object', properties: {} }, strict: false },
  { type: 'custom', name: 'patch' },
];

interface Node {
  joined: string | undefined;
  rebuilt: string | undefined;
  calls: MadeCall[];
}

const noFragments = `
  CREATE TRIGGER no_fragments AFTER INSERT ON resources WHEN new.messages IS NOT NULL BEGIN
    UPDATE resources SET chain_items = NULL, messages = NULL WHERE response_key = new.response_key;
  END`;

describe('a joined history', () => {
  it('is sent without its items: neither their number nor their size matters', async () => {
    await using stack = new AsyncDisposableStack();
    const file = join(await useDirectory(stack), 'test.db');
    const script = new Script();
    script.answer = { message: { role: 'assistant', content: 'Yes.' }, finish: 'stop' };
    const model = await startModel(stack, script);
    const [server, other] = await startServers(stack, { file, model });
    const input = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Well?' },
    ];
    let { id } = await createResponse(server?.url, { model: 'm', input });
    for (let turn = 2; turn <= 5; turn++) {
      id = (await createResponse(server?.url, { model: 'm', input: `Turn ${turn}?`, ...toPrevious(id) })).id;
    }
    // Reading an item fails from here on.
    openDatabase(stack, file).exec("UPDATE items SET body = 'no JSON'");
    model.take();
    for (const { url } of [server, other].flatMap((found) => found ?? [])) {
      const { status } = await createResponse(url, { model: 'm', input: 'Turn 6?', ...toPrevious(id) });
      assert.equal(status, 'completed');
    }
    for (const { body } of model.take()) {
      const texts = (body as { messages: Item[] }).messages.map(({ content }) => content);
      const past = ['Well?', 'Turn 2?', 'Turn 3?', 'Turn 4?', 'Turn 5?'].flatMap((question) => [question, 'Yes.']);
      assert.deepEqual(texts, ['Be brief.', ...past, 'Turn 6?']);
    }
  });

  it('is sent as the one that is rebuilt from its items, for random chains', async () => {
    await using stack = new AsyncDisposableStack();
    const directory = await useDirectory(stack);
    const script = new Script();
    const joinedFile = join(directory, 'joined.db');
    const rebuiltFile = join(directory, 'rebuilt.db');
    const joiningModel = await startModel(stack, script);
    const rebuildingModel = await startModel(stack, script);
    const joining = await startServers(stack, { file: joinedFile, model: joiningModel });
    const rebuilding = await startServers(stack, { file: rebuiltFile, model: rebuildingModel });
    openDatabase(stack, rebuiltFile).exec(noFragments);
    const database = openDatabase(stack, joinedFile);
    let joins = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed);
      const nodes: Node[] = [{ joined: undefined, rebuilt: undefined, calls: [] }];
      let count = 0;
      script.habit = habits[seed % habits.length] ?? (() => undefined);
      script.reasoningField = random(2) === 0 ? 'reasoning' : 'reasoning_content';
      for (let step = 0; step < 25; step++) {
        const parent = nodes[random(4) === 0 ? random(nodes.length) : nodes.length - 1] ?? { calls: [] };
        const { joined, rebuilt, calls } = parent as Node;
        const { input, fields, answer } = randomTurn(random, calls, () => ++count);
        script.answer = answer;
        const body = { model: `m${seed}`, tools, input, ...fields, stream: random(2) === 0 };
        const where = `seed ${seed}, step ${step}: ${JSON.stringify({ body, answer, calls })}`;
        const server = random(2);
        const outcomes = [
          await createResponse(joining[server]?.url, { ...body, ...toPrevious(joined) }),
          await createResponse(rebuilding[server]?.url, { ...body, ...toPrevious(rebuilt) }),
        ] as const;
        const [sent, expected] = [joiningModel.take(), rebuildingModel.take()];
        assert.deepEqual(sent, expected, where);
        const [one, other] = outcomes.map(({ id: _, calls, ...rest }) => ({ ...rest, calls: calls.map(toCallId) }));
        assert.deepEqual(one, other, where);
        if (fields['store'] === false || !outcomes[0].id) continue;
        nodes.push({ joined: outcomes[0].id, rebuilt: outcomes[1].id, calls: outcomes[0].calls });
        joins += joined && isJoined(database, joined) ? 1 : 0;
      }
    }
    // Enough turns continued a joined history to prove something.
    assert.ok(joins > 80, `${joins} turns`);
  });
});

const toPrevious = (id: string | undefined): Item => (id === undefined ? {} : { previous_response_id: id });

const toCallId = ({ call_id }: MadeCall) => call_id;

const isJoined = (database: InstanceType<typeof SqliteDatabase>, id: string): boolean =>
  database
    .prepare('SELECT 1 FROM resources JOIN responses ON key = response_key WHERE id = ? AND messages IS NOT NULL')
    .get(id) !== undefined;
