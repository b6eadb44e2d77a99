import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bestMatch, matchTools } from '../../../src/agent/offline/match-tools.ts';

const offered = (...names: string[]) => names.map((name) => ({ name }));
const matches = (name: string, message: string): boolean => matchTools(offered(name), message).length === 1;

describe('matching', () => {
  const cases: [name: string, message: string, expected: boolean][] = [
    ['get_weather', 'Get the weather!', true],
    ['get_weather', 'the WEATHER, please get it', true],
    ['get_weather', 'call get_weather', true],
    ['getWeather', 'get weather', true],
    ['get.weather-now', 'get getWeather now', true],
    ['get_weather', "What's the weather like in San Francisco?", true],
    ['get_weather', 'get me a coffee', false],
    ['search_flights', 'search, please', true],
    ['get_weather', 'forget the weathered door', false],
    ['search', 'research', false],
    ['read2files', 'read2files', true],
    ['öffne_tür', 'Öffne die Tür', true],
    ['___', 'anything', false],
    ['f', '', false],
  ];
  for (const [name, message, expected] of cases) {
    test(`${expected ? 'finds' : 'does not find'} ${name} in ${JSON.stringify(message)}`, () => {
      assert.equal(matches(name, message), expected);
    });
  }

  test('keeps the order of the tools', () => {
    assert.deepEqual(matchTools(offered('b', 'x', 'a'), 'a b'), offered('b', 'a'));
  });
});

describe('without a whole name', () => {
  const tools = [
    { name: 'list_files', description: 'Returns the names of all files in a folder.' },
    { name: 'read_file', description: 'Reads a file, given its path, and returns its text.' },
    { name: 'lookup', description: 'Gets the current temperature and humidity for a city.' },
  ];
  const cases: [message: string, expected: string[]][] = [
    ['which files are there?', ['list_files']],
    ['what is the temperature in Oslo?', ['lookup']],
    ['open that folder', ['list_files']],
    ['read the file, then list the files', ['list_files', 'read_file']],
    ['humidity, for a city', ['lookup']],
    ['what can you use it for?', []],
    ['hello', []],
  ];
  for (const [message, expected] of cases) {
    test(`${JSON.stringify(message)} calls ${expected.join() || 'nothing'}`, () => {
      assert.deepEqual(
        matchTools(tools, message).map(({ name }) => name),
        expected,
      );
    });
  }
});

describe('the best match', () => {
  test('has the largest share of its words in the message', () => {
    assert.equal(bestMatch(offered('get_big_weather', 'get_weather', 'other'), 'weather')?.name, 'get_weather');
  });

  test('is the first of equal matches', () => {
    assert.equal(bestMatch(offered('one', 'two'), 'nothing of them')?.name, 'one');
  });

  test('is undefined without tools', () => {
    assert.equal(bestMatch([], 'anything'), undefined);
  });
});
