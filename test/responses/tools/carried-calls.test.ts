import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { interruptedCall } from '../../../src/tools/interrupted-call.ts';
import { doneItems, streamEvents } from '../../clients/read-events.ts';
import { assertReadable } from '../../clients/stream-rules.ts';
import type { TestServer } from '../../helpers/talaria.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { filesTool, writeToolConfig } from './tool-config.ts';

const look = { type: 'function', name: 'look', parameters: {}, strict: false };
const stateless = { store: false, include: ['reasoning.encrypted_content'] };

type Item = ReturnType<typeof JSON.parse>;

/** The items that a client sends back. Codex sends only those whose type it knows. */
const replays: { name: string; keep: (item: Item) => boolean }[] = [
  { name: 'drops mcp_call items', keep: ({ type }) => !type.startsWith('mcp_') },
  { name: 'keeps every item', keep: () => true },
];

describe('calls of the server in a history that the client keeps', () => {
  const stack = new AsyncDisposableStack();
  let server: TestServer;
  before(async () => {
    const config = stack.use(writeToolConfig({ more: 'hosted_tools: { web_search: files/echo }' }));
    server = stack.use(await startTalaria({ TALARIA_CONFIG: config.path }));
  });
  after(() => stack.disposeAsync());

  const ask = async (body: object) => {
    const events = await streamEvents(server.url, body);
    if (JSON.stringify(body).includes('files__echo')) assertReadable(events);
    return doneItems(events);
  };

  /** Asks, sends the items back with the result of the client's function, and returns the answer's text. */
  async function answer(calls: string[], tools: object[], keep: (item: Item) => boolean): Promise<string> {
    const question = { role: 'user', content: [...calls, '/call look {}'].join('\n') };
    const items = await ask({ ...stateless, input: [question], tools: [...tools, look] });
    const { call_id } = items.find(({ type }) => type === 'function_call');
    const result = { type: 'function_call_output', call_id, output: 'seen' };
    const input = [question, ...items.filter(keep), result];
    const answered = await ask({ ...stateless, input, tools: [...tools, look] });
    return answered.find(({ type }) => type === 'message').content[0].text;
  }

  for (const { name, keep } of replays) {
    it(`reach the model once each when the client ${name}`, async () => {
      const calls = ['/call files__echo {"text":"one"}', '/call files__echo {"text":"two"}'];
      const text = await answer(calls, [filesTool], keep);
      assert.match(text, /look returned: seen/);
      for (const result of ['one', 'two']) {
        assert.equal(text.split(`files__echo returned: ${result}`).length, 2, text);
      }
    });
  }

  it('bring what a hosted tool returned, which its item lacks', async () => {
    const script = ['/call web_search {"text":"found it"}'];
    assert.match(await answer(script, [{ type: 'web_search' }], () => true), /web_search returned: found it/);
  });

  for (const { name, body } of [
    { name: 'a response that is stored', body: { include: stateless.include } },
    { name: 'a client that does not ask for encrypted content', body: { store: false } },
  ]) {
    it(`are not carried for ${name}`, async () => {
      const items = await ask({
        ...body,
        input: '/call files__echo {"text":"one"}\n/then\n/say Ok.',
        tools: [filesTool],
      });
      assert.deepEqual(
        items.map(({ type }) => type),
        ['mcp_list_tools', 'mcp_call', 'message'],
      );
    });
  }

  it('reach the model when the time was up before they returned', async () => {
    const config = stack.use(writeToolConfig());
    const hurried = stack.use(await startTalaria({ TALARIA_CONFIG: config.path, RUN_TIMEOUT: '2s' }));
    const send = async (input: string | Item[]) =>
      doneItems(await streamEvents(hurried.url, { ...stateless, input, tools: [filesTool] }));
    const echo = '/call files__echo {"text":"one"}';
    // The tools may take longer than that to start.
    await waitUntil(async () => (await send(`${echo}\n/then\n/say Ok.`)).some(({ type }) => type === 'message'));
    const items = await send(`${echo}\n/call files__hang {}`);
    const carriers = items.filter(({ type }) => type === 'reasoning');
    assert.equal(carriers.length, 2);
    const answered = await send([{ role: 'user', content: 'Hello!' }, ...carriers]);
    const { text } = answered.find(({ type }) => type === 'message').content[0];
    for (const result of ['files__echo returned: one', `files__hang returned: ${interruptedCall}`]) {
      assert.ok(text.includes(result), text);
    }
  });

  it('are ignored when another server sealed them', async () => {
    const carrier = { type: 'reasoning', summary: [], encrypted_content: 'tlr2_abc' };
    const [message] = await ask({ ...stateless, input: [carrier, { role: 'user', content: '/say Ok.' }] });
    assert.equal(message.content[0].text, 'Ok.');
  });
});
