import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type OpenAI from 'openai';
import type { TestServer } from '../helpers/talaria.ts';
import { call, createFolder, everything, filesystem, script, use, useMcpTalaria } from './mcp-talaria.ts';
import { type HttpMcpServer, startCurrentServer, startEarlierServer } from './servers/http-server.ts';
import { startEverythingOverHttp } from './servers/start-everything.ts';

type Item = OpenAI.Responses.ResponseOutputItem;

/** Returns the output of one response, and the text of its last message. */
async function ask({ openai }: TestServer, label: string, input: string): Promise<{ items: Item[]; text: string }> {
  const response = await openai.responses.create({ model: 'any', input, tools: [use(label)] });
  assert.equal(response.status, 'completed', JSON.stringify(response));
  return { items: response.output, text: response.output_text };
}

const callsOf = (items: Item[]): OpenAI.Responses.ResponseOutputItem.McpCall[] =>
  items.filter((item) => item.type === 'mcp_call');

describe('the filesystem server over stdio', () => {
  let path = '';
  const server = useMcpTalaria((stack) => {
    ({ path } = stack.use(createFolder({ 'note.txt': 'Buy milk.', 'other.txt': 'Nothing.' })));
    return { files: filesystem(path) };
  });

  it('lists a folder, reads a file, and the model answers with its text', async () => {
    const input = script(
      call('files__list_directory', { path }),
      call('files__read_text_file', { path: `${path}/note.txt` }),
      '/say The note says: Buy milk.',
    );
    const { items, text } = await ask(server(), 'files', input);
    assert.deepEqual(
      items.map(({ type }) => type),
      ['mcp_list_tools', 'mcp_call', 'mcp_call', 'message'],
    );
    const [listing, reading] = callsOf(items);
    assert.match(listing?.output ?? '', /note\.txt[\s\S]*other\.txt/);
    assert.equal(reading?.output, 'Buy milk.');
    assert.equal(text, 'The note says: Buy milk.');
  });

  it('refuses a file outside its folder, and the model reads why', async () => {
    const { items, text } = await ask(server(), 'files', call('files__read_text_file', { path: '/etc/hostname' }));
    const [refused] = callsOf(items);
    assert.equal(refused?.status, 'failed');
    assert.match(String(refused?.error), /outside allowed directories/);
    assert.match(text, /outside allowed directories/);
  });

  it('lists its tools once in a chain', async () => {
    const common = { model: 'any', tools: [use('files')] };
    const first = await server().openai.responses.create({ ...common, input: '/say one' });
    const second = await server().openai.responses.create({
      ...common,
      input: call('files__list_allowed_directories'),
      previous_response_id: first.id,
    });
    assert.deepEqual(
      [first, second].map(({ output }) => output.map(({ type }) => type)),
      [
        ['mcp_list_tools', 'message'],
        ['mcp_call', 'message'],
      ],
    );
  });
});

describe('the everything server over stdio', () => {
  const server = useMcpTalaria(() => ({ everything }));

  it('runs the calls of one reply beside each other, and returns each result', async () => {
    const input = script(
      `${call('everything__echo', { message: 'hi' })}\n${call('everything__get-sum', { a: 2, b: 3 })}`,
    );
    const { items, text } = await ask(server(), 'everything', input);
    assert.deepEqual(
      callsOf(items).map(({ name, output, status }) => ({ name, output, status })),
      [
        { name: 'echo', output: 'Echo: hi', status: 'completed' },
        { name: 'get-sum', output: 'The sum of 2 and 3 is 5.', status: 'completed' },
      ],
    );
    assert.match(text, /The sum of 2 and 3 is 5/);
  });

  it('returns structured content, images and arguments that its schema refuses', async () => {
    const input = script(
      call('everything__get-structured-content', { location: 'Chicago' }),
      call('everything__get-tiny-image'),
      call('everything__get-sum', { a: 'two' }),
      '/say Done.',
    );
    const [structured, image, refused] = callsOf((await ask(server(), 'everything', input)).items);
    assert.match(structured?.output ?? '', /temperature/);
    assert.equal(image?.status, 'completed');
    assert.equal(refused?.status, 'failed');
    assert.match(String(refused?.error), /expected number/i);
  });
});

describe('MCP servers over HTTP', () => {
  const started = new Map<string, HttpMcpServer>();
  const server = useMcpTalaria(async (stack) => {
    const { url } = stack.use(await startEverythingOverHttp());
    const headers = { 'x-team': 'blue' };
    started.set('current', stack.use(await startCurrentServer()));
    started.set('earlier', stack.use(await startEarlierServer()));
    const weather = [...started].map(([revision, { url }]) => [revision, { url, headers }]);
    return { everything: { url }, ...Object.fromEntries(weather) };
  });

  it('calls the everything server', async () => {
    const { items } = await ask(server(), 'everything', call('everything__echo', { message: 'over HTTP' }));
    assert.equal(callsOf(items)[0]?.output, 'Echo: over HTTP');
  });

  for (const revision of ['current', 'earlier']) {
    it(`calls a server of the ${revision} revision, with the configured headers`, async () => {
      const { items, text } = await ask(server(), revision, call(`${revision}__get_weather`, { city: 'Paris' }));
      assert.equal(callsOf(items)[0]?.output, `Paris: 18 degrees, says the ${revision} server`);
      assert.match(text, /18 degrees/);
      const weather = started.get(revision);
      assert.equal(weather?.calls, 1);
      assert.ok(weather.headers.every((sent) => sent['x-team'] === 'blue'));
    });
  }
});
