import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { startTalaria, type TestServer } from '../../helpers/talaria.ts';

const weather = {
  type: 'function' as const,
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};
const patch = { type: 'custom' as const, name: 'patch' };
const namespaced = { type: 'namespace' as const, name: 'crm', description: 'Customers', tools: [weather] };

/** Turns of one chain. */
const turns = [
  { input: 'hello' },
  { input: '/reason First I think.\n/say Then I speak.', include: ['reasoning.encrypted_content'] },
  { input: '/reason Shortly.\n/say Done.', reasoning: { summary: 'auto' } },
  { input: '/run lookup {"id":7} => found it\n/say It was found.' },
  { input: '/call get_weather {"city":"Paris"}\n/call get_weather {"city":"Rome"}', tools: [weather] },
  { input: '/call patch {"input":"a \\"b\\""}', tools: [patch] },
  { input: '/call crm__get_weather {"city":"Oslo"}', tools: [namespaced] },
  { input: '/refuse I cannot.' },
  { input: '/say one two three four five six seven eight\n/limit 3' },
  { input: '/filter' },
  { input: 'json', text: { format: { type: 'json_schema', name: 'x', schema: weather.parameters } } },
];

suite('this server as the agent of another', () => {
  const stack = new AsyncDisposableStack();
  let servers: TestServer[];
  before(async () => {
    const inner = stack.use(await startTalaria());
    const settings = { AGENT_URL: `${inner.url}/v1`, AGENT_API: 'responses', VALIDATE_OUTPUT: '1' };
    servers = [inner, stack.use(await startTalaria(settings))];
  });
  after(() => stack.disposeAsync());

  test('gives the same items, events and counts, turn by turn', async () => {
    const answers = await Promise.all(servers.map(runChain));
    assert.deepEqual(answers[1], answers[0]);
  });

  test('runs in the background, and is cancelled', async () => {
    const [, outer] = servers;
    const { responses } = outer?.openai ?? assert.fail();
    const queued = await responses.create({ input: '/tokens 200 delay 50ms', background: true });
    let current = await responses.retrieve(queued.id);
    for (let count = 0; count < 200 && current.output.length === 0; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      current = await responses.retrieve(queued.id);
    }
    const cancelled = await responses.cancel(queued.id);
    assert.equal(cancelled.status, 'cancelled');
  });
});

async function runChain({ openai }: TestServer): Promise<unknown[]> {
  const answers: unknown[] = [];
  let last: { id: string; output: Item[] } | undefined;
  for (const turn of turns) {
    const input = [...(last?.output.flatMap(toOutput) ?? []), { role: 'user', content: turn.input }];
    const request = { ...turn, input, previous_response_id: last?.id ?? null, stream: true };
    const stream = await openai.responses.create(request as never);
    for await (const event of stream as unknown as AsyncIterable<{ response?: typeof last }>) {
      answers.push(toComparable(event));
      last = event.response ?? last;
    }
  }
  return answers;
}

interface Item {
  type: string;
  name?: string;
  call_id?: string;
}

/** Returns the output of a call that the client runs. */
function toOutput({ type, name, call_id: id }: Item): object[] {
  if (!type.endsWith('_call') || name === 'lookup') return [];
  return [{ type: `${type}_output`, call_id: id, output: 'sun' }];
}

/** Replaces what differs between two servers: ids, times, and encrypted content. */
function toComparable(event: object): unknown {
  const text = JSON.stringify(event)
    .replaceAll(/"[a-z]+_[0-9a-f]{32}"/g, '"ID"')
    .replaceAll(/"(created_at|completed_at)":\d+/g, '"$1":0')
    .replaceAll(/"encrypted_content":"[^"]+"/g, '"encrypted_content":""');
  return JSON.parse(text);
}
