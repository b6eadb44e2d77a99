import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mendToolName } from '../../../src/agent/guards/mend-tool-name.ts';

const offered = new Set(['get_weather', 'crm__find', 'find-user', 'findUser2']);

suite('mendToolName', () => {
  const meant: [string, string][] = [
    ['get_weather', 'get_weather'],
    ['functions.get_weather', 'get_weather'],
    ['functions.get_weather:0', 'get_weather'],
    ['default_api:get_weather', 'get_weather'],
    ['functions::get_weather', 'get_weather'],
    ['get-weather', 'get_weather'],
    ['getWeather', 'get_weather'],
    ['get_weather<|channel|>commentary', 'get_weather'],
    ['crm.find', 'crm__find'],
    ['functions.crm.find', 'crm__find'],
  ];
  for (const [written, tool] of meant) {
    test(`takes ${written} for ${tool}`, () => assert.equal(mendToolName(written, offered), tool));
  }

  for (const written of ['weather', 'get_weather_now', '', '.', '<|end|>', 'find']) {
    test(`takes ${JSON.stringify(written)} for none`, () => assert.equal(mendToolName(written, offered), undefined));
  }

  test('takes a name that fits two tools for none', () => {
    assert.equal(mendToolName('FIND_USER', new Set(['find-user', 'findUser'])), undefined);
  });
});
