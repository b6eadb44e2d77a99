import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { rulesLimits } from '../../src/rules/rules-limits.ts';
import { ask, startRules, answer as textOf } from './start-rules.ts';

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

interface Example {
  rules: string;
  /** Whether its rules name the recording `traffic.jsonl`. */
  isRecorded: boolean;
  asked: { message: string; stream: boolean; answer: string }[];
}

/** Reads the rules of the page, each with the messages that follow them. */
function readExamples(): Example[] {
  const examples: Example[] = [];
  let next = { message: '', stream: false };
  for (const [, kind, note, text = ''] of page.matchAll(/^```(\w+) ?(\w*)\n(.*?)\n```$/gms)) {
    if (kind === 'yaml') examples.push({ rules: text, isRecorded: note === 'recorded', asked: [] });
    else if (kind === 'message') next = { message: text, stream: note === 'stream' };
    else if (kind === 'answer') examples.at(-1)?.asked.push({ ...next, answer: text });
    else assert.ok(kind === 'bash' || kind === 'text', kind);
  }
  return examples;
}

/** Returns an answer in the notation of the page. */
async function answer(url: string, asked: { message: string; stream: boolean }): Promise<string> {
  const response = await ask(url, asked).catch(() => undefined);
  if (!response) return 'connection lost';
  if (response.status !== 200) return describeError(response.status, await response.text());
  return asked.stream ? describeStream(response) : describeMessage(JSON.parse(await response.text()).choices[0]);
}

function describeError(status: number, body: string): string {
  const isOwn = body.includes('no_rule_matched');
  return isOwn ? `${status} no_rule_matched: ${JSON.parse(body).error.message}` : `${status} ${body}`;
}

interface Choice {
  finish_reason: string;
  message: {
    content: string | null;
    reasoning_content?: string;
    refusal?: string | null;
    tool_calls?: { function: { name: string; arguments: string } }[];
  };
}

function describeMessage({ message, finish_reason: reason }: Choice): string {
  const { content, reasoning_content: reasoning, refusal, tool_calls: calls = [] } = message;
  return [
    ...(reasoning ? [`reasoning "${reasoning}"`] : []),
    ...(content ? [`text "${content}"`] : []),
    ...(refusal ? [`refusal "${refusal}"`] : []),
    ...calls.map(({ function: { name, arguments: text } }) => `call ${name} ${text}`),
    reason,
  ].join('\n');
}

async function describeStream(response: Response): Promise<string> {
  let sent = '';
  let end: string | undefined;
  try {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) sent += decoder.decode(bytes, { stream: true });
  } catch {
    end = 'connection lost';
  }
  const events = [...sent.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json));
  const text = events.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('');
  return [`text "${text}"`, end ?? `error ${events.at(-1)?.error?.code}`].join('\n');
}

const exchange = {
  exchange: 2,
  request: {
    method: 'POST',
    path: '/v1/chat/completions',
    json: { messages: [{ role: 'user', content: 'weather?' }] },
  },
  response: {
    status: 200,
    json: { choices: [{ index: 0, message: { role: 'assistant', content: 'It rains.' }, finish_reason: 'stop' }] },
  },
  ended: 'complete',
};

describe('docs/rules.md', () => {
  const examples = readExamples();

  for (const { rules, isRecorded, asked } of examples) {
    test(`is correct about ${rules.split('\n').slice(0, 4).join(' ').slice(0, 80)}`, async () => {
      const early = { rules: [] };
      await using server = await startRules(isRecorded ? early : rules);
      if (isRecorded) {
        const lines = [{ talaria: 'recording', version: 1, upstream: 'u', created: 'c' }, exchange];
        writeFileSync(
          join(server.directory, 'traffic.jsonl'),
          lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        );
        writeFileSync(server.file, rules);
        await using again = await startRules(early, { AGENT_URL: `rules:${server.file}` });
        assert.equal(await textOf(again.url, 'the weather?'), 'It rains.');
      }
      for (const { answer: expected, ...question } of asked) assert.equal(await answer(server.url, question), expected);
    });
  }

  test('has examples', () => {
    assert.ok(examples.length >= 8);
    assert.ok(examples.flatMap(({ asked }) => asked).length >= 20);
  });

  test('names every condition, field of a reply, and kind of fault', () => {
    const { schemas } = loadContract().document.components;
    const names = [
      ...Object.keys(schemas['RuleConditions']?.properties ?? {}),
      ...Object.keys(schemas['RuleReply']?.properties ?? {}),
      ...Object.keys(schemas['RuleUsage']?.properties ?? {}),
      ...(schemas['RuleFault']?.properties?.['kind']?.enum ?? []),
    ];
    assert.ok(names.length > 30);
    assert.deepEqual(
      names.filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });

  test('states the current limits', () => {
    assert.match(page, new RegExp(`at most ${rulesLimits.templateTags} \`{{\``));
    assert.match(page, new RegExp(`A delay is at most ${rulesLimits.delayMs / 60_000} minutes`));
    assert.match(page, new RegExp(`silence\\s+ends after ${limits.faultHangMs / 60_000} minutes`));
  });
});
