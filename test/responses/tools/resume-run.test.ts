import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertReadable } from '../../clients/stream-rules.ts';
import { spawnTalaria, type TestProcess } from '../../helpers/spawn-talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { readTexts, toEvents } from '../resumable-server.ts';
import { filesTool, writeToolConfig } from './tool-config.ts';

interface Scene extends Disposable {
  start(): Promise<TestProcess>;
}

interface Failed {
  status: string;
  error: string;
}

/** A store and a configuration that servers share, one after another. */
function openScene(settings: Record<string, string> = {}): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-resume-'));
  const config = writeToolConfig();
  const all = { STORE_URL: `sqlite:${join(folder, 'store.db')}`, RUN_LEASE_MS: '1000', TALARIA_CONFIG: config.path };
  return {
    start: () => spawnTalaria({ ...all, LOG_LEVEL: 'silent', ...settings }),
    [Symbol.dispose]: () => {
      config[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts a run, kills its server once `isDue` holds, and returns the events that another server completes. */
async function resume(input: string, isDue: (text: string) => boolean, tools: object[] = [filesTool]) {
  using scene = openScene();
  const first = await scene.start();
  const body = { model: 'offline', input, background: true, tools };
  const { id } = await first.openai.responses.create(body as never);
  await waitUntil(async () => isDue(JSON.stringify(await first.openai.responses.retrieve(id))));
  await first.kill('SIGKILL');
  await using second = await scene.start();
  const events = toEvents(await readTexts(second.url, id));
  return { events, response: await second.openai.responses.retrieve(id) };
}

describe('a run whose server was killed', () => {
  it('asks for a reply that was cut again, and closes what was sent of it as commentary', async () => {
    const { events, response } = await resume('/tokens 40 delay 30ms', (text) => text.includes('three'), []);
    assertReadable(events);
    assert.equal(response.status, 'completed');
    const [cut, whole, ...rest] = response.output as never as {
      phase?: string;
      status: string;
      content: { text: string }[];
    }[];
    assert.deepEqual([rest.length, cut?.phase, cut?.status], [0, 'commentary', 'completed']);
    assert.equal(whole?.content[0]?.text.split(' ').length, 40);
  });

  it('leaves replies that were asked for again out of later turns, also when it failed', async () => {
    await using upstream = await startUpstream();
    using scene = openScene({ AGENT_URL: upstream.url, RUN_ATTEMPTS: '2' });
    await using first = await scene.start();
    const { id } = await first.openai.responses.create({ model: 'any', input: 'slow 500x20ms', background: true });
    const waitForText = ({ openai }: TestProcess, item: number) =>
      waitUntil(async () =>
        JSON.stringify((await openai.responses.retrieve(id)).output[item] ?? '').includes('token2'),
      );
    await waitForText(first, 0);
    await first.kill('SIGKILL');
    await using second = await scene.start();
    await waitForText(second, 1);
    await second.kill('SIGKILL');

    await using third = await scene.start();
    await readTexts(third.url, id);
    const failed = await third.openai.responses.retrieve(id);
    assert.deepEqual([failed.error?.code as string, failed.output.length], ['run_attempts_exceeded', 2]);
    await third.openai.responses.create({ model: 'any', input: 'next', previous_response_id: id });
    const [, whole] = failed.output as never as { content: { text: string }[] }[];
    const messages: { content: unknown }[] = upstream.requests.at(-1)?.body.messages;
    assert.deepEqual(
      messages.map(({ content }) => content),
      ['slow 500x20ms', whole?.content[0]?.text, 'next'],
    );
  });

  it('keeps the results of its tools, and runs a finished tool once', async () => {
    const script = [
      '/say Let me see.',
      '/call files__pid',
      '/then',
      '/tokens 40 delay 30ms',
      '/call files__echo {"text":"again"}',
      '/then',
      '/say All done.',
    ];
    const { events, response } = await resume(script.join('\n'), (text) => text.includes('three'));
    assertReadable(events);
    assert.equal(response.status, 'completed');
    const types = response.output.map(({ type }) => type);
    const calls = ['mcp_list_tools', 'message', 'mcp_call', 'message', 'message', 'mcp_call', 'message'];
    assert.deepEqual(types, calls);
  });

  it('tells the model that a tool was interrupted, unless it is safe to run it again', async () => {
    const script = '/call files__steps {"count":200,"pauseMs":50}\n/then\n/say Seen.';
    const { events, response } = await resume(script, (text) => text.includes('"mcp_call"'));
    assertReadable(events);
    const call = response.output.find(({ type }) => type === 'mcp_call') as never as Failed;
    assert.equal(call.status, 'failed');
    assert.match(call.error, /interrupted/);
    assert.equal(response.output_text, 'Seen.');
  });
});
