import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type OpenAI from 'openai';
import type { TestServer } from '../helpers/talaria.ts';
import { call, odd, script, use, useMcpTalaria } from './mcp-talaria.ts';

type Call = OpenAI.Responses.ResponseOutputItem.McpCall;

interface Outcome {
  calls: Call[];
  text: string;
  events: OpenAI.Responses.ResponseStreamEvent[];
}

/** Streams one response to its end. `onEvent` gets each event with the calls that are done so far. */
async function run(
  { openai }: TestServer,
  input: string,
  onEvent: (type: string, calls: Call[]) => void = () => {},
): Promise<Outcome> {
  const stream = await openai.responses.create({
    model: 'any',
    input,
    stream: true,
    tools: [use('odd'), use('hasty')],
  });
  const calls: Call[] = [];
  const events: Outcome['events'] = [];
  let text = '';
  for await (const event of stream) {
    events.push(event);
    if (event.type === 'response.output_item.done' && event.item.type === 'mcp_call') calls.push(event.item);
    if (event.type === 'response.output_text.done') text = event.text;
    onEvent(event.type, calls);
  }
  assert.equal(events.at(-1)?.type, 'response.completed', JSON.stringify(events.at(-1)));
  return { calls, text, events };
}

/** Checks that the model read the failure, and returns the failed call. */
function failed({ calls, text }: Outcome): { call: Call; error: string } {
  const call = calls.at(-1);
  assert.equal(call?.status, 'failed');
  assert.ok(!call.output);
  const error = String(call.error);
  assert.ok(text.includes(error.slice(0, 40)), `the model did not read "${error}" but says "${text}"`);
  return { call, error };
}

const hasty = { ...odd, timeout: '200ms' };

describe('a tool that fails', () => {
  const server = useMcpTalaria(() => ({ odd, hasty }));

  it('throws: the model reads the error', async () => {
    assert.match(failed(await run(server(), call('odd__throw'))).error, /the disk is full/);
  });

  it('hangs: the call ends at its time-out, and the run goes on', async () => {
    assert.match(failed(await run(server(), call('hasty__hang'))).error, /did not answer in time/);
  });

  it('does not exist: the model reads it', async () => {
    assert.match(failed(await run(server(), call('odd__missing'))).error, /missing/);
  });

  it('gets arguments that are not JSON: the model reads it', async () => {
    assert.match(failed(await run(server(), '/call odd__pid raw {"a":')).error, /JSON/);
  });

  it('ends its server: the call fails, and the next one runs on a new process', async () => {
    const input = script(call('odd__pid'), call('odd__die'), call('odd__pid'), '/say Done.');
    const { calls } = await run(server(), input);
    const [before, died, after] = calls;
    assert.equal(died?.status, 'failed');
    assert.equal(after?.status, 'completed', JSON.stringify(after));
    assert.notEqual(after.output, before?.output);
  });

  it('loses its server to a kill mid-call: the call fails, and the run goes on', async () => {
    let isKilled = false;
    const outcome = await run(server(), script(call('odd__pid'), call('odd__hang')), (type, calls) => {
      if (isKilled || type !== 'response.mcp_call_arguments.done' || calls.length !== 1) return;
      isKilled = true;
      process.kill(Number(calls[0]?.output), 'SIGKILL');
    });
    assert.ok(isKilled);
    failed(outcome);
  });

  it('returns 50 MB: the result is bounded and says so, and the next call runs', async () => {
    const input = script(call('odd__huge', { megabytes: 50 }), call('odd__pid'), '/say Done.');
    const { calls } = await run(server(), input);
    const [huge, after] = calls;
    const said = huge?.output ?? String(huge?.error);
    assert.ok(said.length < 1024 * 1024, `${said.length} characters`);
    assert.match(said, /more than \d+ bytes/);
    assert.equal(after?.status, 'completed', JSON.stringify(after));
  });

  it('returns more than fits into a result: the text is cut and says so', async () => {
    const { calls } = await run(server(), script(call('odd__huge', { megabytes: 2 }), '/say Done.'));
    assert.match((calls[0]?.output ?? String(calls[0]?.error)).slice(-200), /truncated/);
  });
});

describe('a tool that reports progress', () => {
  const server = useMcpTalaria(() => ({ odd, hasty }));

  it('shows it in the events of its call', async () => {
    const { events, calls } = await run(server(), script(call('odd__progress', { steps: 3, ms: 60 }), '/say Done.'));
    assert.equal(calls[0]?.output, '3 steps');
    const types = events.map(({ type }): string => type);
    const progress = types.indexOf('talaria:mcp_call.progress');
    assert.ok(progress > types.indexOf('response.mcp_call_arguments.done'), types.join('\n'));
    assert.ok(progress < types.indexOf('response.mcp_call.completed'));
    const [created] = events;
    assert.ok(created?.type === 'response.created');
    const replayed = await Array.fromAsync(
      await server().openai.responses.retrieve(created.response.id, { stream: true }),
    );
    assert.deepEqual(replayed, events, 'its log has the progress too');
  });
});

describe('a server that cannot be started', () => {
  const server = useMcpTalaria(() => ({ gone: { command: '/nonexistent/server' } }));

  it('ends a request for it with an error that names the label', async () => {
    const body = { model: 'any', input: 'hello', tools: [use('gone')] };
    const response = await server()
      .openai.responses.create(body)
      .then(
        ({ status, error }) => ({ status, message: error?.message ?? '' }),
        (error: { message: string }) => ({ status: 'refused', message: error.message }),
      );
    assert.notEqual(response.status, 'completed');
    assert.match(response.message, /gone/);
  });
});
