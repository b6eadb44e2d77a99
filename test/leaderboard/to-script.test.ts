import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toScript } from '../../scripts/leaderboard/to-script.ts';
import { recall, remember, toPrompts } from '../../src/verify/prompts.ts';

const prompts = toPrompts(false);
const alone = { history: '', tools: [] };

describe('the model behind the gateways does what an audit asks', () => {
  const expected: [string, string, string][] = [
    ['says a text', prompts.say('Line one.\nIt (really) costs $1.'), '/say "Line one.\\nIt (really) costs $1."'],
    ['calls a function', prompts.call('get_weather', { city: 'Paris' }), '/call get_weather {"city":"Paris"}'],
    [
      'calls it twice',
      prompts.callTwice('get_weather', { city: 'Paris' }, { city: 'Rome' }),
      '/call get_weather {"city":"Paris"}\n/call get_weather {"city":"Rome"}',
    ],
    ['gives a long answer', prompts.long(), '/tokens 240 delay 25ms'],
    ['gives a longer answer', prompts.endless(), '/tokens 240 delay 25ms'],
    ['counts', prompts.count(), '/tokens 60'],
    ['confirms what it has to remember', remember, '/say OK'],
  ];
  for (const [behaviour, prompt, script] of expected) {
    test(behaviour, () => assert.equal(toScript(prompt, alone), script));
  }

  test('calls a tool of an MCP server by the name that the gateway gave it', () => {
    const prompt = prompts.callTool('verify', 'add', { a: 1 });
    assert.equal(toScript(prompt, { history: '', tools: ['mcp__verify__add'] }), '/call mcp__verify__add {"a":1}');
    assert.equal(toScript(prompt, alone), '/call add {"a":1}');
  });

  test('remembers only what the gateway sent', () => {
    assert.match(toScript(recall, { history: `${remember}\nOK`, tools: [] }) ?? '', /^\/say [\w-]+$/);
    assert.equal(toScript(recall, alone), undefined);
  });

  test('leaves any other message to the offline agent', () => {
    assert.equal(toScript('Hello!', alone), undefined);
  });
});
