import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import type { AgentEvent } from '../../../src/agent/agent-client.ts';
import { createUpstreamAgent } from '../../../src/agent/upstream/create-upstream-agent.ts';
import type { AnswerStage, StreamReader, UpstreamFormat } from '../../../src/agent/upstream/upstream-format.ts';
import { never, readAll, readUntilError, toRequest, toText } from './upstream-harness.ts';

const end: AgentEvent[] = [{ type: 'text-end' }, { type: 'run-end', reason: 'stop' }];

/** Reads one word from each event. The word `end` finishes the answer, `over` ends it. */
class WordReader implements StreamReader {
  activity = 0;
  stage: AnswerStage = 'open';

  read(data: string): AgentEvent[] {
    const isFirst = this.activity === 0;
    this.activity += 1;
    if (data === 'end') this.stage = 'finished';
    else if (data === 'over') this.stage = 'done';
    if (this.stage === 'done') return end;
    if (this.stage === 'finished') return [];
    const delta: AgentEvent = { type: 'text-delta', text: data };
    return isFirst ? [{ type: 'text-start' }, delta] : [delta];
  }

  end(): AgentEvent[] {
    if (this.stage !== 'finished') throw new Error('the words ended early');
    return end;
  }
}

const words: UpstreamFormat = {
  path: 'words',
  toBody: ({ sessionId }, model) => Buffer.from(JSON.stringify({ model, sessionId })),
  createStreamReader: () => new WordReader(),
  readDocument: (text) => [{ type: 'text-start' }, { type: 'text-delta', text: JSON.parse(text).text }, ...end],
};

/** Starts a run on an upstream that answers in this way. */
async function run(answer: (response: ServerResponse) => void) {
  const requests: { url: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    requests.push({ url: request.url, body: await json(request) });
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const agent = createUpstreamAgent(words, {
    url: `http://127.0.0.1:${address.port}/v1?tenant=1`,
    limits: { upstreamFinishMs: 50, upstreamCloseMs: 20 },
  });
  const events = await agent.run(toRequest('hi'), { signal: never });
  return {
    requests,
    events,
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      server.close();
    },
  };
}

/** Sends a stream of words and leaves its body open. */
const open =
  (...data: string[]) =>
  (response: ServerResponse): ServerResponse => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(toFrames(data));
    return response;
  };

const complete =
  (...data: string[]) =>
  (response: ServerResponse) =>
    open(...data)(response).end();

const toFrames = (data: string[]): string => data.map((word) => `data: ${word}\n\n`).join('');

suite('an upstream with another wire format', () => {
  test('is sent the body of the format, at its path', async () => {
    await using answer = await run(complete('a', 'b', 'over'));
    assert.equal(toText(await readAll(answer.events)), 'ab');
    assert.deepEqual(answer.requests, [
      { url: '/v1/words?tenant=1', body: { model: 'test-model', sessionId: 'sess_test' } },
    ]);
  });

  test('ends an answer when the format is done, although the body stays open', async () => {
    await using answer = await run(open('a', 'over'));
    assert.deepEqual((await readAll(answer.events)).slice(-2), end);
  });

  test('ends a finished answer after its time-out, although the body stays open', async () => {
    await using answer = await run(open('a', 'end'));
    assert.deepEqual((await readAll(answer.events)).slice(-2), end);
  });

  test('fails an answer that the format reports as incomplete', async () => {
    await using answer = await run(complete('a'));
    const { error } = await readUntilError(answer.events);
    assert.deepEqual(error, { code: 'upstream_error', status: 502, message: "The agent's answer could not be read." });
  });

  test('reads an answer sent as one document', async () => {
    await using answer = await run((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":"all"}');
    });
    assert.equal(toText(await readAll(answer.events)), 'all');
  });
});
