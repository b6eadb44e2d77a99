import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Candidate } from '../../scripts/bench/candidates/candidate.ts';
import { createFloor } from '../../scripts/bench/candidates/floor.ts';
import { checkChat, checkChatStream, checkResponse, checkResponseStream } from '../../scripts/bench/check-reply.ts';
import { measureChain } from '../../scripts/bench/measures/measure-chain.ts';
import { measureFan } from '../../scripts/bench/measures/measure-fan.ts';
import { runScenario } from '../../scripts/bench/run-scenario.ts';
import { createScenarios, type Effort } from '../../scripts/bench/scenarios.ts';
import { startTalaria } from '../helpers/talaria.ts';

/** As few requests as there are connections. */
const least: Effort = { warmUp: 0, count: 0, longRounds: 1 };
const all = createScenarios(least);
const find = (name: string) => all.find((scenario) => scenario.name === name) ?? assert.fail(name);

/** In this process, whose CPU time means nothing. */
const talaria: Candidate = {
  name: 'Talaria',
  async start({ upstream }) {
    const { url, ...server } = await startTalaria({ AGENT_URL: `${upstream}/v1` });
    return { url, pid: process.pid, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  },
};

describe('each scenario is answered correctly, token by token, by its floor and by Talaria:', {
  concurrency: 2,
}, () => {
  const short = all.filter(({ name }) => !/^(chain|fan|idle|start)/.test(name));
  for (const scenario of short) {
    it(scenario.name, async () => {
      const { floor, candidates } = await runScenario(scenario, [talaria], 1);
      assert.equal(floor.length, 1);
      assert.deepEqual(Object.keys(candidates), ['Talaria']);
      assert.ok('samples' in (candidates['Talaria'] ?? {}), JSON.stringify(candidates));
    });
  }

  it('a chain, whose history arrives whole at the upstream', async () => {
    const open = measureChain({ turns: 20, chains: 2, warmUp: 2, firstTurns: 4, count: 3 });
    const { floor, candidates } = await runScenario({ ...find('chain-1000'), open }, [talaria], 1);
    const [sample] = floor;
    assert.ok(sample && Number(sample['deep']) > 0 && Number(sample['disk']) >= 0, JSON.stringify(floor));
    assert.ok('samples' in (candidates['Talaria'] ?? {}), JSON.stringify(candidates));
  });

  it('many streams, of which all arrive', async () => {
    const open = measureFan({ streams: 20, model: 'paced', store: true, warmUp: 1 });
    const { floor, candidates } = await runScenario({ ...find('fan-2000-stored'), open }, [talaria], 1);
    for (const outcome of [{ samples: floor }, candidates['Talaria']]) {
      assert.ok(outcome && 'samples' in outcome, JSON.stringify(candidates));
      const { whole, together } = outcome.samples[0] ?? {};
      assert.equal(whole, 20);
      assert.ok(Number(together) > 1 && Number(together) <= 20, `${together} together`);
    }
  });
});

it('a candidate with a wrong reply has its fault in place of samples', async () => {
  const lossy: Candidate = { ...createFloor('scripts/bench/servers/pipe-floor.ts'), name: 'lossy' };
  const { candidates } = await runScenario(find('responses'), [lossy], 1);
  const outcome = candidates['lossy'] ?? assert.fail();
  assert.ok('fault' in outcome);
  assert.match(outcome.fault, /sent an incorrect reply: .*the status should be "completed"/);
});

describe('the check of a reply', () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const tokenTexts = (count: number) => Array.from({ length: count }, (_, index) => `token${index + 1} `);
  const tokens = (count: number) => tokenTexts(count).map(chunk).join('');

  it('reports a truncated message', () => {
    const check = checkChat('plain');
    const toReply = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
    assert.equal(check(toReply(tokenTexts(16).join(''))), undefined);
    assert.match(check(toReply('token1 token2 ')) ?? '', /the message should be/);
  });

  it('reports a missing token, joined tokens and a missing end', () => {
    const check = checkChatStream('paced');
    assert.equal(check(`${tokens(200)}data: [DONE]\n\n`), undefined);
    assert.match(check(`${tokens(199)}data: [DONE]\n\n`) ?? '', /the tokens should be/);
    assert.match(check(`${tokens(198)}${chunk('token199 token200 ')}data: [DONE]\n\n`) ?? '', /the tokens should be/);
    assert.match(check(tokens(200)) ?? '', /the stream ends with/);
  });

  it('reports a failed response', () => {
    const check = checkResponse('plain');
    assert.match(check(JSON.stringify({ status: 'failed', output: [] })) ?? '', /status should be "completed"/);
    const content = [{ text: 'token1 ' }];
    assert.match(check(JSON.stringify({ status: 'completed', output: [{ content }] })) ?? '', /the message should be/);
  });

  it('reports a history that did not arrive whole', () => {
    const check = checkResponse('chain', 3);
    const toReply = (first: string) => {
      const content = [{ text: [first, ...tokenTexts(16).slice(1)].join('') }];
      return JSON.stringify({ status: 'completed', output: [{ content }] });
    };
    assert.equal(check(toReply('after3 ')), undefined);
    assert.match(check(toReply('after1 ')) ?? '', /the message should be "after3 /);
  });

  it('reports a response whose stream has no terminal event', () => {
    assert.match(checkResponseStream('slow')('data: {"type":"response.created"}\n\n') ?? '', /the tokens should be/);
  });
});
