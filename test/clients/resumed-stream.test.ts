import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { type AIMessageChunk, HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { Agent, OpenAIResponsesModel, Runner, setTracingDisabled } from '@openai/agents';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { checkedFetch } from '../helpers/contract-check.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { filesTool, writeToolConfig } from '../responses/tools/tool-config.ts';
import { readEvents } from './read-events.ts';
import { assertReadable } from './stream-rules.ts';

const input = '/call files__echo {"text":"milk"}\n/then\n/reason I count.\n/tokens 30 delay 30ms';

interface Resumed {
  /** The stream, from its first event to its last. */
  text: string;
  /** The text of the reply that was cut, and of the one that replaced it. */
  texts: string[];
}

/** Starts a response, kills its server within the second reply, and returns what the next server makes of it. */
async function killAndResume(): Promise<Resumed> {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-resumed-'));
  using config = writeToolConfig();
  const settings = { STORE_URL: `sqlite:${join(folder, 'store.db')}`, RUN_LEASE_MS: '1000', LOG_LEVEL: 'silent' };
  try {
    const first = await spawnTalaria({ ...settings, TALARIA_CONFIG: config.path });
    const { responses } = first.openai;
    const { id } = await responses.create({ model: 'offline', input, background: true, tools: [filesTool] });
    await waitUntil(async () => JSON.stringify((await responses.retrieve(id)).output).includes('three'));
    await first.kill('SIGKILL');
    await using second = await spawnTalaria({ ...settings, TALARIA_CONFIG: config.path });
    const reply = await checkedFetch(`${second.url}/v1/responses/${id}?stream=true`);
    const text = await reply.text();
    const { output } = await second.openai.responses.retrieve(id);
    const messages = output.filter((item) => item.type === 'message');
    return {
      text,
      texts: messages.map(({ content }) => content.map((part) => ('text' in part ? part.text : '')).join('')),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the stream of a response whose server was killed, as clients read it', () => {
  let resumed: Resumed;
  before(async () => {
    setTracingDisabled(true);
    resumed = await killAndResume();
  });
  after(() => setTracingDisabled(false));

  /** Answers a client's request with the whole stream. */
  const serve = async (): Promise<Response> =>
    new Response(resumed.text, { headers: { 'content-type': 'text/event-stream' } });
  const connect = () => new OpenAI({ baseURL: 'http://talaria.test/v1', apiKey: 'none', fetch: serve });

  it('holds the cut reply as commentary, and the new one after it', () => {
    assertReadable(readEvents(resumed.text));
    const [cut = '', whole = '', ...others] = resumed.texts;
    assert.deepEqual(others, []);
    assert.match(cut, /^one two three/);
    assert.ok(whole.startsWith(cut) && whole.split(' ').length === 30);
  });

  it('is accumulated by openai for Node: each message, and the same response', async () => {
    const final = await connect().responses.stream({ model: 'any', input }).finalResponse();
    assert.equal(final.status, 'completed');
    const last = readEvents(resumed.text).at(-1)?.['response'];
    assert.deepEqual(
      final.output.map(({ id, type }) => ({ id, type })),
      last.output.map(({ id, type }: { id: string; type: string }) => ({ id, type })),
    );
    const messages = final.output.filter((item) => item.type === 'message');
    assert.deepEqual(
      messages.map(({ phase, status }) => [phase ?? null, status]),
      [
        ['commentary', 'completed'],
        [null, 'completed'],
      ],
    );
    assert.equal(final.output_text, resumed.texts.join(''));
  });

  it('gives the Agents SDK the new reply as its final output', async () => {
    const agent = new Agent({ name: 'Tester', model: new OpenAIResponsesModel(connect(), 'any') });
    const outcome = await new Runner({ tracingDisabled: true }).run(agent, input, { stream: true });
    await outcome.completed;
    assert.equal(outcome.finalOutput, resumed.texts.at(-1));
  });

  it('gives the AI SDK two texts, the first of them marked as commentary', async () => {
    const openai = createOpenAI({ baseURL: 'http://talaria.test/v1', apiKey: 'none', fetch: serve });
    const outcome = streamText({ model: openai.responses('any'), prompt: input });
    await outcome.consumeStream();
    assert.equal(await outcome.finishReason, 'stop');
    const texts = (await outcome.content).filter((part) => part.type === 'text');
    assert.deepEqual(
      texts.map(({ text }) => text),
      resumed.texts,
    );
    assert.equal(texts[0]?.providerMetadata?.['openai']?.['phase'], 'commentary');
  });

  it('gives LangChain both texts in one message', async () => {
    const configuration = { baseURL: 'http://talaria.test/v1', fetch: serve };
    const model = new ChatOpenAI({ model: 'any', apiKey: 'none', maxRetries: 0, useResponsesApi: true, configuration });
    const pieces: AIMessageChunk[] = await Array.fromAsync(await model.stream([new HumanMessage(input)]));
    const message = pieces.reduce((whole, piece) => whole.concat(piece));
    assert.equal(message.text, resumed.texts.join(''));
    assert.equal(message.response_metadata['status'], 'completed');
  });
});
