import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AgentEvent, AgentRequest, RunOptions } from '../../../src/agent/agent-client.ts';
import { spendBudget } from '../../../src/agent/guards/spend-budget.ts';
import type { JournalStep } from '../../../src/agent/loop/journal-step.ts';
import type { LoopRequest } from '../../../src/agent/loop/loop-request.ts';
import { withLoop } from '../../../src/agent/loop/with-loop.ts';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { startMcpServer } from '../../helpers/mcp/http-server.ts';
import { openServers } from '../mcp/open-servers.ts';

const shown: LoopRequest = { servers: [], hosted: [], approvals: [], showsItems: true };
const echo = (text: string) => `/call tools__echo ${JSON.stringify({ text })}`;

interface RunFields extends Partial<Omit<RunOptions, 'loop'>> {
  loop?: LoopRequest;
  journal?: readonly JournalStep[];
}

/** Opens an agent whose model is a script, with the tools of a real server. */
async function openAgent() {
  await using stack = new AsyncDisposableStack();
  const tools = stack.use(await startMcpServer());
  const { servers, log } = stack.use(openServers({ tools: { url: tools.url } }));
  const warnings: string[] = [];
  const agent = withLoop(spendBudget(createOfflineAgent()), {
    name: 'main',
    servers: servers.of('default'),
    maxIterations: 90,
    answerBytes: 1_000_000,
    log: { warn: (_details, message) => void warnings.push(message) },
  });
  async function* start(text: string, { loop, journal, signal, ...options }: RunFields = {}) {
    const request: AgentRequest = {
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
      tools: [],
      toolChoice: 'auto',
      settings: {},
      sessionId: 'session',
      watched: true,
      ...(loop ? { loop } : {}),
    };
    const runOptions = { ...options, signal: signal ?? new AbortController().signal };
    yield* await agent.run(request, { ...runOptions, ...(journal ? { loop: { journal } } : {}) });
  }
  async function run(text: string, fields: RunFields = {}): Promise<AgentEvent[]> {
    return (await Array.fromAsync(start(text, fields))).flat();
  }
  const owned = stack.move();
  return { start, run, warnings, log, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const textOf = (events: readonly AgentEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
const endOf = (events: readonly AgentEvent[]) => events.at(-1);
const toResults = (events: readonly AgentEvent[]) =>
  events.flatMap((event) => (event.type === 'item-end' ? [event.item['output'] ?? event.item['error']] : []));

suite('a run of the tool loop', () => {
  test('shows only its last text in chat, unless an earlier one is long', async () => {
    await using agent = await openAgent();
    assert.equal(textOf(await agent.run(`/say Let me see.\n${echo('a')}\n/then\n/say Done.`)), 'Done.');
    const long = 'word '.repeat(100).trim();
    assert.equal(textOf(await agent.run(`/say ${long}\n${echo('a')}\n/then\n/say Done.`)), `${long}Done.`);
    assert.equal(textOf(await agent.run('/say Only this.')), 'Only this.');
  });

  test('ends incomplete, with its results, when the budget is used up after a reply', async () => {
    await using agent = await openAgent();
    let checks = 0;
    const budget = {
      async check() {
        checks += 1;
        if (checks > 2) throw new ApiError('rate_limit_exceeded', 'Over the budget.');
      },
      async spend() {},
    };
    const events = await agent.run([echo('a'), echo('b'), echo('c')].join('\n/then\n'), { loop: shown, budget });
    assert.deepEqual(toResults(events), ['a', 'b']);
    assert.deepEqual(endOf(events), { type: 'run-end', reason: 'incomplete', detail: 'budget_exceeded' });
    await assert.rejects(agent.run(echo('a'), { budget }), { code: 'rate_limit_exceeded' });
  });

  test('ends incomplete, with the result of an approved call, when the budget is used up before the reply', async () => {
    await using agent = await openAgent();
    const budget = {
      check: () => Promise.reject(new ApiError('rate_limit_exceeded', 'Over the budget.')),
      async spend() {},
    };
    const id = 'mcpr_1';
    const call = { callId: id, itemId: 'mcp_1', server: 'tools', tool: 'echo', arguments: '{"text":"a"}' };
    const journal: JournalStep[] = [{ type: 'approval-answered', id, approve: true, call }];
    const events = await agent.run('/say Done.', { loop: shown, journal, budget });
    assert.deepEqual(toResults(events), ['a']);
    assert.deepEqual(endOf(events), { type: 'run-end', reason: 'incomplete', detail: 'budget_exceeded' });
  });

  test('stops a running tool as soon as it is aborted', async () => {
    await using agent = await openAgent();
    const abort = new AbortController();
    const reason = new ApiError('run_timeout', 'Too long.');
    const reading = (async () => {
      for await (const batch of agent.start('/call tools__hang', { loop: shown, signal: abort.signal })) {
        if (batch.some(({ type }) => type === 'item-start')) abort.abort(reason);
      }
    })();
    await assert.rejects(reading, (error) => error === reason);
  });

  test('runs an interrupted tool again only if that is safe', async () => {
    await using agent = await openAgent();
    const script = `${echo('a')}\n/call tools__pid\n/then\n/say Done.`;
    const steps = await firstSteps(agent.start(script, { loop: shown, journal: [] }));
    const resumed = await agent.run(script, { loop: shown, journal: steps });
    assert.deepEqual(
      resumed.filter(({ type }) => type === 'item-start'),
      [],
      'their items are open',
    );
    const [unknown, echoed] = toResults(resumed);
    assert.match(String(unknown), /interrupted/);
    assert.equal(echoed, 'a');
    assert.equal(textOf(resumed), 'Done.');
  });

  test('does not run a tool again that was interrupted three times in a row', async () => {
    await using agent = await openAgent();
    const script = `${echo('a')}\n/then\n${echo('b')}\n/then\n/say Done.`;
    const steps = await firstSteps(agent.start(script, { loop: shown, journal: [] }));
    const started = steps.filter(({ type }) => type === 'tool-started');
    const resumed = await agent.run(script, { loop: shown, journal: [...steps, ...started, ...started] });
    const results = toResults(resumed).map(String);
    assert.equal(results.length, 2);
    for (const result of results) assert.match(result, /several times in a row/);
  });

  test('that was journalled to its end only ends', async () => {
    await using agent = await openAgent();
    const events = await agent.run('/say Done.', { journal: [] });
    const steps = events.flatMap((event) => (event.type === 'step' ? [event.step] : []));
    assert.deepEqual(
      (await agent.run('/say Done.', { journal: steps })).map(({ type }) => type),
      ['usage', 'run-end'],
    );
  });
});

/** Returns the steps of a run up to the batch in which its first tools start. */
async function firstSteps(batches: AsyncIterable<readonly AgentEvent[]>): Promise<JournalStep[]> {
  const steps: JournalStep[] = [];
  for await (const batch of batches) {
    for (const event of batch) if (event.type === 'step') steps.push(event.step);
    if (steps.some(({ type }) => type === 'tool-started')) break;
  }
  return steps;
}
