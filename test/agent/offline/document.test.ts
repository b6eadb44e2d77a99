import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { AgentEvent, AgentMessage } from '../../../src/agent/agent-client.ts';
import { offlineLimits } from '../../../src/agent/offline/offline-limits.ts';
import type { Directive } from '../../../src/agent/offline/parse-directives.ts';
import { limits } from '../../../src/config/limits.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { assertOrder, callsOf, type RequestParts, start, userMessage } from './play.ts';

interface Example {
  message: string;
  answer: string[];
  parts: RequestParts;
}

const page = readFileSync(new URL('../../../docs/offline-agent.md', import.meta.url), 'utf8');

/** Reads the examples: table rows, and fences that end in an `answer`. */
function readTable(): Example[] {
  const rows = [...page.matchAll(/^\| `(.+?)` \|.*\| `(.+)` \|$/gm)];
  return rows.map(([, message = '', answer = '']) => ({ message, answer: answer.split(' / '), parts: {} }));
}

function readFences(): Example[] {
  const examples: Example[] = [];
  let message = '';
  let parts: RequestParts = {};
  for (const [, kind, text = ''] of page.matchAll(/^```(\w+)\n(.*?)\n```$/gms)) {
    if (kind === 'tools') parts = { ...parts, tools: JSON.parse(text) };
    else if (kind === 'format') parts = { ...parts, format: JSON.parse(text) };
    else if (kind === 'message') message = text;
    else {
      assert.equal(kind, 'answer');
      examples.push({ message, answer: text.split('\n'), parts });
      parts = {};
    }
  }
  return examples;
}

/** Returns the answers in the notation of the page, continuing after tool calls as the page does. */
async function answer({ message, answer: expected, parts }: Example): Promise<string[]> {
  const messages = [userMessage(message)];
  const lines: string[] = [];
  for (const step of expected.join('\n').split('\nthen\n').keys()) {
    if (step > 0) lines.push('then');
    const events: AgentEvent[] = [];
    const failure = await readRun({ ...parts, messages: [...messages] }, events);
    lines.push(...describeBlocks(events), ...failure);
    messages.push(...answerCalls(events, step));
  }
  return lines;
}

async function readRun(parts: RequestParts, events: AgentEvent[]): Promise<string[]> {
  let started = false;
  try {
    const run = await start('', parts);
    started = true;
    for await (const batch of run) events.push(...batch);
    assertOrder(events);
    return [];
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    if (started) return [`breaks: ${error.code}`];
    const wait = error.retryAfter === undefined ? '' : `, retry after ${error.retryAfter} s`;
    return [`${error.status} ${error.code}${wait}`];
  }
}

function describeBlocks(events: AgentEvent[]): string[] {
  const lines = new Map<string, string>();
  const calls = callsOf(events);
  for (const event of events) {
    const callId = 'callId' in event ? event.callId : '';
    if (event.type === 'tool-call-start') {
      const { name, arguments: text } = calls.shift() ?? assert.fail();
      lines.set(callId, `${event.agentRuns ? 'ran' : 'call'} ${name} ${text}`);
    } else if (event.type === 'tool-result') lines.set(callId, `${lines.get(callId)} => ${event.output}`);
    else if (event.type === 'run-end') lines.set('end', event.reason);
    else if ('text' in event) lines.set(event.type, (lines.get(event.type) ?? '') + event.text);
  }
  return [...lines].map(([type, line]) => (type.endsWith('-delta') ? `${type.replace('-delta', '')} "${line}"` : line));
}

function answerCalls(events: AgentEvent[], step: number): AgentMessage[] {
  const toolCalls = callsOf(events).map((call, index) => ({ ...call, callId: `call_${step}_${index}` }));
  const results = toolCalls.map(({ callId }): AgentMessage => {
    return { role: 'tool', callId, content: [{ type: 'text', text: 'the result' }] };
  });
  return [{ role: 'assistant', content: [], toolCalls }, ...results];
}

describe('docs/offline-agent.md', () => {
  const examples = [...readTable(), ...readFences()];
  for (const example of examples) {
    test(`is correct about ${JSON.stringify(example.message)}`, async () => {
      assert.deepEqual(await answer(example), example.answer);
    });
  }

  test('has an example for every directive', () => {
    // A new directive does not compile until it is listed here.
    const kinds: Record<Directive['kind'] | 'then', true> = {
      say: true,
      tokens: true,
      reason: true,
      refuse: true,
      call: true,
      run: true,
      wait: true,
      limit: true,
      filter: true,
      status: true,
      break: true,
      // biome-ignore lint/suspicious/noThenProperty: the name of a directive
      then: true,
    };
    const shown = new Set(readTable().map(({ message }) => /^\/([a-z]+)/.exec(message)?.[1]));
    assert.deepEqual([...shown].sort(), Object.keys(kinds).sort());
    assert.ok(examples.length > shown.size);
  });

  test('states the current limits', () => {
    const { tokens, delayMs, quoteCharacters } = offlineLimits;
    for (const limit of [tokens, delayMs, quoteCharacters, limits.tokenizerCharacters]) {
      assert.ok(page.includes(limit.toLocaleString('en')), String(limit));
    }
  });
});
