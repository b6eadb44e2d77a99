import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { countTokens } from '../../src/tokens/count-tokens.ts';

describe('counts', () => {
  /** Known counts of o200k_base. */
  const counts: [text: string, tokens: number][] = [
    ['', 0],
    ['hello world', 2],
    ['Hello, world!', 4],
    ['antidisestablishmentarianism', 6],
    ['1234567', 3],
    ['🙂', 1],
  ];
  for (const [text, tokens] of counts) {
    test(`counts ${tokens} in ${JSON.stringify(text)}`, async () => assert.equal(await countTokens(text), tokens));
  }

  test('counts several texts separately', async () => {
    assert.equal(await countTokens([]), 0);
    assert.equal(await countTokens(['hel', '', 'lo']), 2);
  });

  test('counts special tokens as the text they are', async () => {
    for (const special of ['<|endoftext|>', '<|im_start|>', '<|endofprompt|>']) {
      assert.ok((await countTokens(special)) > 3, special);
    }
  });

  test('counts half a surrogate pair without failing', async () => {
    assert.equal(await countTokens('\ud83d'), await countTokens('\ufffd'));
  });

  test('counts what is cut into windows as if it were whole', async () => {
    const sentence = 'The quick brown fox jumps over the lazy dog. ';
    const single = await countTokens(sentence.trim());
    const many = await countTokens(sentence.repeat(4000));
    assert.ok(Math.abs(many - 4000 * single) <= 2, `${many} for 4000 times ${single}`);
  });
});

describe('bounded cost', () => {
  const million = 1_000_000;
  const texts: [name: string, text: string][] = [
    ['letters', 'a'.repeat(million)],
    ['letters with accents', 'é'.repeat(million)],
    ['ideographs', '漢'.repeat(million)],
    ['combining marks', 'z\u0301'.repeat(million / 2)],
    ['emoji', '🙂'.repeat(million / 2)],
    ['exclamation marks', '!'.repeat(million)],
    ['spaces', ' '.repeat(million)],
    ['line breaks', '\n'.repeat(million)],
    ['capitals', 'A'.repeat(million)],
    ['spaces and letters in long runs', `${' '.repeat(500)}${'a'.repeat(500)}`.repeat(million / 1000)],
    ['32 MB of letters', 'a'.repeat(32 * 1024 * 1024)],
  ];
  for (const [name, text] of texts) {
    // Half a second on a quick machine. Without the windows, it takes minutes.
    test(`takes at most three seconds with a run of ${name}`, async () => {
      await countTokens('load');
      const before = process.cpuUsage();
      const tokens = await countTokens(text);
      const milliseconds = process.cpuUsage(before).user / 1000;
      assert.ok(milliseconds < 3000, `took ${milliseconds} ms`);
      assert.ok(tokens > text.length / 200 && tokens <= text.length * 4);
    });
  }

  test('takes what is beyond the limit to be as dense as what is before it', async () => {
    const half = 'one two three four '.repeat(limits.tokenizerCharacters / 19);
    const [once, twice] = [await countTokens(half), await countTokens([half, half])];
    assert.ok(Math.abs(twice - 2 * once) < once / 1000, `${twice} for two of ${once}`);
  });

  test('lets others have their turn meanwhile', async () => {
    await countTokens('load');
    let turns = 0;
    let counting = true;
    const turn = (): void => {
      turns += 1;
      if (counting) setImmediate(turn);
    };
    setImmediate(turn);
    await countTokens('漢'.repeat(limits.tokenizerCharacters));
    counting = false;
    assert.ok(turns >= 10, `${turns} turns`);
  });
});

describe('loading', () => {
  test('loads the vocabulary with the first text, not with the module', () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { countTokens } = await import('./src/tokens/count-tokens.ts');
      const isLoaded = () => loaded.some((url) => url.includes('gpt-tokenizer'));
      const before = isLoaded();
      await countTokens('');
      const empty = isLoaded();
      await countTokens('x');
      process.stdout.write([before, empty, isLoaded()].join());`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../..', import.meta.url),
      encoding: 'utf8',
    });
    assert.equal(child.stdout, 'false,false,true');
  });
});
