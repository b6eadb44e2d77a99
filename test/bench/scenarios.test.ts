import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runLoad } from '../../scripts/bench/run-load.ts';
import { scenarios } from '../../scripts/bench/scenarios.ts';
import { startProcess } from '../../scripts/bench/start-process.ts';
import { startTalaria } from '../helpers/talaria.ts';

describe('each scenario is answered correctly, token by token, by its floor and by Talaria:', {
  concurrency: 2,
}, () => {
  for (const { name, floor, path, body, check } of scenarios) {
    it(name, async () => {
      await using upstream = await startProcess('scripts/bench/servers/upstream.ts');
      const environment = { AGENT_URL: `${upstream.url}/v1` };
      await using floorServer = await startProcess(floor, { environment });
      await using talaria = await startTalaria(environment);
      for (const { url } of [floorServer, talaria]) {
        await runLoad({ url: url + path, body, count: 4, concurrency: 2, check });
      }
    });
  }
});

describe('the check of a reply', () => {
  const find = (name: string) => scenarios.find((scenario) => scenario.name === name) ?? assert.fail(name);
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const tokens = (count: number) => Array.from({ length: count }, (_, index) => chunk(`token${index + 1} `)).join('');

  it('reports a truncated message', () => {
    const { check } = find('chat');
    const toReply = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
    assert.equal(check(toReply('token1 token2 token3 token4 token5 ')), undefined);
    assert.match(check(toReply('token1 token2 ')) ?? '', /the message should be/);
  });

  it('reports a missing token, joined tokens and a missing end', () => {
    const { check } = find('chat-stream');
    assert.equal(check(`${tokens(200)}data: [DONE]\n\n`), undefined);
    assert.match(check(`${tokens(199)}data: [DONE]\n\n`) ?? '', /the tokens should be/);
    assert.match(check(`${tokens(198)}${chunk('token199 token200 ')}data: [DONE]\n\n`) ?? '', /the tokens should be/);
    assert.match(check(tokens(200)) ?? '', /the stream ends with/);
  });

  it('reports a failed response', () => {
    const { check } = find('responses');
    assert.match(check(JSON.stringify({ status: 'failed', output: [] })) ?? '', /status should be "completed"/);
    const content = [{ text: 'token1 ' }];
    assert.match(check(JSON.stringify({ status: 'completed', output: [{ content }] })) ?? '', /the message should be/);
  });
});
