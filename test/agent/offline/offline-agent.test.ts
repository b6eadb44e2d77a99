import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import type { AgentEvent, AgentMessage } from '../../../src/agent/agent-client.ts';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import type { AgentTool } from '../../../src/tools/agent-tool.ts';
import {
  argumentsOf,
  callsOf,
  collect,
  play,
  reasonOf,
  start,
  textOf,
  toolRound,
  usageOf,
  userMessage,
} from './play.ts';

const weather: AgentTool = {
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const mail: AgentTool = { name: 'sendMail' };

describe('the plain reply', () => {
  test('offers one model, the same on every machine', async () => {
    await using agent = createOfflineAgent();
    const models = await agent.models({ signal: new AbortController().signal });
    assert.deepEqual(models, [{ id: 'offline', created: 1_767_225_600, ownedBy: 'talaria' }]);
  });

  test('states that no model is running, and quotes the message', async () => {
    const events = await play('Good morning!');
    const expected = "This is Talaria's offline agent: no model is running. Turn 1. You said: Good morning!";
    assert.equal(textOf(events, 'text-delta'), expected);
    assert.equal(reasonOf(events), 'stop');
  });

  test('is the same for the same request', async () => {
    assert.deepEqual(await play('Once more'), await play('Once more'));
  });

  test('counts the user turns of the request', async () => {
    const assistant: AgentMessage = { role: 'assistant', content: [{ type: 'text', text: 'Yes?' }], toolCalls: [] };
    const messages = [userMessage('One'), assistant, userMessage('Two'), assistant, userMessage('Three')];
    assert.match(textOf(await play('', { messages }), 'text-delta'), /Turn 3\. You said: Three$/);
  });

  test('shortens a long message, and never in the middle of a character', async () => {
    const text = textOf(await play(`${'x'.repeat(999)}🙂${'y'.repeat(5000)}`), 'text-delta');
    assert.ok(text.endsWith(`${'x'.repeat(999)}…`));
  });

  test('mentions images and files without fetching them', async () => {
    const url = 'http://127.0.0.1:9/never-asked';
    const content = [
      { type: 'image' as const, url },
      { type: 'file' as const, url },
      { type: 'file' as const, data: 'AAAA', filename: 'a.bin' },
    ];
    const text = textOf(await play('', { messages: [{ role: 'user', content }] }), 'text-delta');
    assert.match(text, /You sent no text\. I was given 1 image and 2 files\.$/);
  });

  test('sends tokens with a delay one by one, the first with the start of its block', async () => {
    const batches = await collect(await start('/say zero\n/tokens 3 delay 1ms'));
    const types = batches.map((batch) => batch.map((event) => event.type));
    assert.deepEqual(types, [
      ['text-start', 'text-delta', 'text-end'],
      ['text-start', 'text-delta'],
      ['text-delta'],
      ['text-delta'],
      ['text-end', 'usage', 'run-end'],
    ]);
  });

  test('sends tokens without a delay in batches, one event for each token, never all at once', async () => {
    const batches = await collect(await start('/tokens 1000'));
    assert.equal(batches.flat().filter((event) => event.type === 'text-delta').length, 1000);
    assert.ok(batches.length > 10 && batches.length < 20, `${batches.length}`);
  });
});

describe('tools', () => {
  test('calls a tool whose name’s words occur in the message', async () => {
    const events = await play('Please GET me the weather.', { tools: [weather, mail] });
    assert.deepEqual(callsOf(events), [{ name: 'get_weather', arguments: '{"city":"string"}' }]);
    assert.equal(reasonOf(events), 'tool-calls');
  });

  test('calls every tool that the message concerns, each with its own id', async () => {
    const events = await play('get weather and send mail', { tools: [weather, mail] });
    assert.deepEqual(
      callsOf(events).map((call) => call.name),
      ['get_weather', 'sendMail'],
    );
  });

  test('calls only the first when parallel calls are off', async () => {
    const events = await play('get weather, send mail', { tools: [weather, mail], parallelToolCalls: false });
    assert.deepEqual(callsOf(events), [{ name: 'get_weather', arguments: '{"city":"string"}' }]);
  });

  test('answers with text when no tool matches, or none may be called', async () => {
    assert.deepEqual(callsOf(await play('How are you?', { tools: [weather] })), []);
    assert.deepEqual(callsOf(await play('get weather', { tools: [weather], toolChoice: 'none' })), []);
  });

  test('calls the tool that the request names, whatever the message says', async () => {
    const events = await play('hello', { tools: [weather, mail], toolChoice: { name: 'sendMail' } });
    assert.deepEqual(callsOf(events), [{ name: 'sendMail', arguments: '{}' }]);
  });

  test('picks the tool with the most words in the message, else the first, when a call is required', async () => {
    const tools = [mail, weather];
    const [nearest] = callsOf(await play('What weather!', { tools, toolChoice: 'required' }));
    assert.equal(nearest?.name, 'get_weather');
    const [first] = callsOf(await play('hello', { tools, toolChoice: 'required' }));
    assert.equal(first?.name, 'sendMail');
  });

  test('refuses to call a tool that is not in tools', async () => {
    const expected = { code: 'invalid_value', param: 'tool_choice' };
    await assert.rejects(start('hello', { toolChoice: 'required' }), expected);
    await assert.rejects(start('hello', { tools: [mail], toolChoice: { name: 'other' } }), expected);
  });

  test('answers with the results once the tools have answered', async () => {
    const messages = [userMessage('get weather'), ...toolRound({ get_weather: '18 degrees', sendMail: 'sent' })];
    const events = await play('', { messages, tools: [weather] });
    assert.match(textOf(events, 'text-delta'), /get_weather returned: 18 degrees sendMail returned: sent$/);
    assert.deepEqual(callsOf(events), []);
  });

  test('calls again after a result when a call is still required', async () => {
    const messages = [userMessage('get weather'), ...toolRound({ get_weather: '18 degrees' })];
    const events = await play('', { messages, tools: [weather], toolChoice: 'required' });
    assert.equal(callsOf(events).length, 1);
  });

  test('looks only at the last user message, not at those before it', async () => {
    const messages = [userMessage('get weather'), ...toolRound({ get_weather: '18' }), userMessage('Thanks')];
    assert.deepEqual(callsOf(await play('', { messages, tools: [weather] })), []);
  });

  test('sends an object as arguments even if the schema does not require one', async () => {
    const tools = [{ name: 'f', parameters: {} }];
    assert.deepEqual(argumentsOf(await play('f', { tools })), ['{}']);
  });
});

describe('formats', () => {
  const schema = {
    type: 'object',
    properties: { steps: { type: 'array', items: { type: 'string' }, minItems: 2 }, done: { type: 'boolean' } },
    required: ['steps', 'done'],
    additionalProperties: false,
  };
  const format = { type: 'json_schema' as const, name: 'plan', schema };

  test('answers a json_schema format with a sample, streamed in pieces', async () => {
    const events = await play('Plan it', { format });
    const text = textOf(events, 'text-delta');
    assert.deepEqual(JSON.parse(text), { steps: ['string', 'string'], done: true });
    assert.ok(events.filter((event) => event.type === 'text-delta').length > 5);
  });

  test('answers json_object with an object that quotes the message', async () => {
    const text = textOf(await play('Quote "me"', { format: { type: 'json_object' } }), 'text-delta');
    assert.deepEqual(JSON.parse(text), { agent: 'offline', turn: 1, message: 'Quote "me"' });
  });

  test('puts the tools’ results into a json_object', async () => {
    const messages = [userMessage('Look it up'), ...toolRound({ look: 'found' })];
    const text = textOf(await play('', { messages, format: { type: 'json_object' } }), 'text-delta');
    assert.deepEqual(JSON.parse(text).results, ['found']);
  });

  test('allows a script to produce a text that does not fit the format', async () => {
    assert.equal(textOf(await play('/say not JSON', { format }), 'text-delta'), 'not JSON');
  });

  test('refuses a schema that no value satisfies, before anything is produced', async () => {
    const impossible = { ...format, schema: { allOf: [{ type: 'string' }, { type: 'number' }] } };
    await assert.rejects(start('Plan it', { format: impossible }), { code: 'invalid_value', status: 400 });
  });
});

describe('settings', () => {
  test('ends with the reason length at the output-token limit', async () => {
    const events = await play('/say one two three four', { settings: { maxOutputTokens: 2 } });
    assert.equal(textOf(events, 'text-delta'), 'one two');
    assert.equal(reasonOf(events), 'length');
    assert.equal(usageOf(events).outputTokens, 2);
  });

  test('ends with stop when the output just fits the limit', async () => {
    const events = await play('/say one two three four', { settings: { maxOutputTokens: 4 } });
    assert.equal(textOf(events, 'text-delta'), 'one two three four');
    assert.equal(reasonOf(events), 'stop');
  });

  test('counts reasoning against the limit, and opens no block beyond it', async () => {
    const events = await play('/reason one two\n/say three', { settings: { maxOutputTokens: 2 } });
    assert.deepEqual(
      events.map((event) => event.type),
      ['reasoning-start', 'reasoning-delta', 'reasoning-delta', 'reasoning-end', 'usage', 'run-end'],
    );
    assert.equal(reasonOf(events), 'length');
    assert.deepEqual(usageOf(events).reasoningTokens, 2);
  });

  test('cuts the arguments of a tool call, and ends with length despite the call', async () => {
    const events = await play('/call f {"city":"Paris"}', { settings: { maxOutputTokens: 2 } });
    assert.deepEqual(argumentsOf(events), ['{"city']);
    assert.equal(reasonOf(events), 'length');
  });

  test('cuts a refusal and a JSON answer too', async () => {
    const settings = { maxOutputTokens: 3 };
    assert.equal(textOf(await play('/refuse one two three four', { settings }), 'refusal-delta'), 'one two three');
    const events = await play('hi', { settings, format: { type: 'json_object' } });
    assert.throws(() => JSON.parse(textOf(events, 'text-delta')), SyntaxError);
  });

  test('applies the lower of the request’s limit and the script’s', async () => {
    const script = '/limit 3\n/say one two three four';
    assert.equal(textOf(await play(script, { settings: { maxOutputTokens: 2 } }), 'text-delta'), 'one two');
    assert.equal(textOf(await play(script, { settings: { maxOutputTokens: 9 } }), 'text-delta'), 'one two three');
  });

  test('stops before the first stop sequence', async () => {
    const stop = ['never', 'three', 'two'];
    const events = await play('/reason two\n/say one two three\n/say four', { settings: { stop } });
    assert.equal(textOf(events, 'text-delta'), 'one ');
    assert.equal(textOf(events, 'reasoning-delta'), 'two');
    assert.equal(reasonOf(events), 'stop');
  });

  test('ignores an empty stop sequence', async () => {
    assert.equal(textOf(await play('/say one', { settings: { stop: [''] } }), 'text-delta'), 'one');
  });

  test('sends log probabilities on request, with the requested number of alternatives', async () => {
    const [first] = await play('/say Hé there', { settings: { topLogprobs: 2 } }).then((events) =>
      events.flatMap((event) => (event.type === 'text-delta' ? (event.logprobs ?? []) : [])),
    );
    assert.ok(first);
    assert.equal(first.token, 'H');
    assert.deepEqual(first.bytes, [72]);
    assert.equal(first.topLogprobs.length, 2);
    assert.equal(first.topLogprobs[0]?.token, 'H');
    assert.ok(first.logprob < 0 && (first.topLogprobs[1]?.logprob ?? 0) < first.logprob);
  });

  test('sends only the chosen token for topLogprobs 0, and nothing without it', async () => {
    const asked = await play('/say one', { settings: { topLogprobs: 0 } });
    const delta = asked.find((event) => event.type === 'text-delta');
    assert.deepEqual(delta?.logprobs?.[0]?.topLogprobs, []);
    const unasked = await play('/say one');
    assert.equal(unasked.find((event) => event.type === 'text-delta')?.logprobs, undefined);
  });
});

describe('faults and pace', () => {
  const refusals: [status: number, seen: { status: number; code: string }][] = [
    [400, { status: 400, code: 'invalid_value' }],
    [401, { status: 401, code: 'invalid_value' }],
    [404, { status: 404, code: 'not_found' }],
    [408, { status: 408, code: 'upstream_timeout' }],
    [413, { status: 413, code: 'request_too_large' }],
    [418, { status: 418, code: 'invalid_value' }],
    [429, { status: 429, code: 'rate_limit_exceeded' }],
    [500, { status: 502, code: 'upstream_error' }],
    [503, { status: 502, code: 'upstream_error' }],
    [504, { status: 504, code: 'upstream_timeout' }],
  ];
  for (const [status, seen] of refusals) {
    test(`refuses with ${status} before anything is produced, seen as ${seen.status} ${seen.code}`, async () => {
      await assert.rejects(start(`/say never\n/status ${status} retry-after 7`), { ...seen, retryAfter: 7 });
    });
  }

  test('breaks after exactly that many tokens, in the middle of a block', async () => {
    const seen: AgentEvent[] = [];
    await assert.rejects(
      async () => {
        for await (const batch of await start('/reason one two\n/break after 3\n/say three four')) seen.push(...batch);
      },
      { code: 'upstream_error', status: 502 },
    );
    assert.equal(textOf(seen, 'reasoning-delta'), 'one two');
    assert.equal(textOf(seen, 'text-delta'), 'three');
    assert.ok(!seen.some((event) => event.type === 'run-end' || event.type === 'usage'));
  });

  test('breaks at the end, without a run-end, when the output is shorter', async () => {
    const run = await start('/say one\n/break after 9');
    await assert.rejects(collect(run), { code: 'upstream_error' });
  });

  test('pauses before each token', async () => {
    const times: number[] = [performance.now()];
    for await (const _batch of await start('/tokens 3 delay 30ms')) times.push(performance.now());
    const gaps = times.slice(1, 4).map((time, index) => time - (times[index] ?? 0));
    // A timer may fire up to a millisecond early.
    assert.ok(gaps.length === 3 && gaps.every((gap) => gap >= 29), gaps.join());
  });

  test('sends pending events before a pause', async () => {
    const batches = (await start('/say one\n/wait 50ms\n/say two'))[Symbol.asyncIterator]();
    const { value } = await batches.next();
    assert.deepEqual(value, [{ type: 'text-start' }, { type: 'text-delta', text: 'one' }, { type: 'text-end' }]);
    const before = performance.now();
    await batches.next();
    assert.ok(performance.now() - before >= 49);
  });

  test('starts a text of many megabytes at once', async () => {
    const script = `/say ${'a'.repeat(10_000_000)}`;
    const before = process.cpuUsage();
    const events = await play(script, { settings: { maxOutputTokens: 2 } });
    assert.equal(textOf(events, 'text-delta'), 'a'.repeat(16));
    assert.ok(process.cpuUsage(before).user < 1_000_000);
  });
});

describe('the answers of one turn', () => {
  const script = '/call a\n/call b\n/then\n/say done';

  test('takes the next step of a script after the results, whatever their number', async () => {
    const messages = [userMessage(script), ...toolRound({ a: '1', b: '2' })];
    assert.equal(textOf(await play('', { messages }), 'text-delta'), 'done');
  });

  test('quotes the results when the script has no next step', async () => {
    const messages = [userMessage(script), ...toolRound({ a: '1' }), ...toolRound({ c: '3' })];
    assert.match(textOf(await play('', { messages }), 'text-delta'), /c returned: 3$/);
  });

  test('starts from scratch with the next user message', async () => {
    const messages = [userMessage(script), ...toolRound({ a: '1' }), userMessage(script)];
    assert.equal(callsOf(await play('', { messages })).length, 2);
  });

  test('answers a tool result without its call', async () => {
    const messages: AgentMessage[] = [{ role: 'tool', callId: 'call_x', content: [{ type: 'text', text: 'lost' }] }];
    assert.match(textOf(await play('', { messages }), 'text-delta'), /Turn 0\. A tool returned: lost$/);
  });
});

describe('usage', () => {
  test('counts text and arguments, and reasoning separately as well', async () => {
    const events = await play('/reason one two three\n/say four five\n/call f {}');
    const { inputTokens, ...output } = usageOf(events);
    assert.deepEqual(output, { cachedInputTokens: 0, outputTokens: 6, reasoningTokens: 3 });
    assert.ok(inputTokens > 10);
  });

  test('counts the whole history as input', async () => {
    const short = usageOf(await play('hello'));
    const messages = [userMessage('hello '.repeat(50)), userMessage('hello')];
    const long = usageOf(await play('', { messages }));
    assert.ok(long.inputTokens > short.inputTokens + 50);
  });
});

describe('cancelling', () => {
  const cancelled = { code: 'request_cancelled' };

  test('refuses to start on an aborted signal', async () => {
    await assert.rejects(start('hello', {}, AbortSignal.abort()), cancelled);
    const agent = createOfflineAgent();
    await assert.rejects(agent.models({ signal: AbortSignal.abort() }), cancelled);
  });

  test('ends a pending delay at once', async () => {
    const controller = new AbortController();
    const run = await start('/wait 60000ms', {}, controller.signal);
    const reading = collect(run);
    const before = performance.now();
    controller.abort();
    await assert.rejects(reading, cancelled);
    assert.ok(performance.now() - before < 5000);
  });

  test('ends a stream that never waits', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const run = await start('/tokens 100000', {}, controller.signal);
    let batches = 0;
    await assert.rejects(async () => {
      for await (const _batch of run) batches += 1;
    }, cancelled);
    assert.ok(batches < 100_000);
  });

  test('throws the reason of the signal when it is an ApiError', async () => {
    const stopping = new ApiError('server_shutting_down', 'Stopping.');
    await assert.rejects(start('hello', {}, AbortSignal.abort(stopping)), stopping);
  });

  test('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await collect(await start('/tokens 3 delay 1ms', {}, signal));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  test('does not keep the process running', () => {
    const script = `
      import { createOfflineAgent } from './src/agent/offline/offline-agent.ts';
      const controller = new AbortController();
      const request = {
        messages: [{ role: 'user', content: [{ type: 'text', text: '/say hello\\n/wait 60000ms' }] }],
        tools: [], toolChoice: 'auto', settings: {}, sessionId: 's',
      };
      const run = await createOfflineAgent().run(request, { signal: controller.signal });
      try {
        for await (const batch of run) controller.abort();
      } catch (error) {
        process.stdout.write(error.code);
      }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../../..', import.meta.url),
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.equal(child.stdout, 'request_cancelled');
    assert.equal(child.status, 0);
  });
});
