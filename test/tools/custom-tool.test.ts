import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CustomInputReader, fromCustomTool, toCustomArguments } from '../../src/tools/custom-tool.ts';

/** The pieces that the deltas make, the end's included. Joined they are what the reader says it has read. */
function readAll(deltas: string[]): string {
  const reader = new CustomInputReader();
  const pieces = [...deltas.map((delta) => reader.read(delta)), reader.end()];
  assert.equal(pieces.join(''), reader.input);
  return reader.input;
}

function* splits(text: string): Generator<string[]> {
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      yield [text.slice(0, first), text.slice(first, second), text.slice(second)];
    }
  }
  yield [...text].flatMap((character) => character.split(''));
}

describe('the input of a freeform call', () => {
  const cases: [name: string, text: string, input: string][] = [
    ['plain text', '{"input":"echo hi"}', 'echo hi'],
    ['nothing', '{"input":""}', ''],
    ['a call without arguments', '{}', ''],
    ['every escape', String.raw`{"input":"\"\\\/\b\f\n\r\té\u00E9"}`, '"\\/\b\f\n\r\téé'],
    ['a pair of surrogates', String.raw`{"input":"a\ud83d\ude00b"}`, 'a😀b'],
    ['characters that need no escape', '{"input":"zwölf 🌦 {}[]:,"}', 'zwölf 🌦 {}[]:,'],
    ['raw line breaks and tabs', '{"input":"one\ntwo\r\n\tthree"}', 'one\ntwo\r\n\tthree'],
    ['backslashes that escape nothing', String.raw`{"input":"\d+\.\w \u12 \uxyz!"}`, String.raw`\d+\.\w \u12 \uxyz!`],
    ['white space around', ' \n{ "input" :\t"a" } ', 'a'],
    ['what follows the input', '{"input":"a","more":"b"}', 'a'],
    ['an input that is not the first', '{"more":1,"input":"a\\n"}', 'a\n'],
    ['a text instead of an object', '"say \\"hi\\""', 'say "hi"'],
    ['no JSON at all', '*** Begin Patch', '*** Begin Patch'],
    ['an object without an input', '{"cmd":"ls"}', '{"cmd":"ls"}'],
    ['an input that is no text', '{"input":["ls"]}', '{"input":["ls"]}'],
    ['arguments that are cut off', '{"input":"half a', 'half a'],
    ['arguments that are cut off in an escape', String.raw`{"input":"half\u00`, 'half'],
    ['arguments that are cut off before the input', '{"inp', '{"inp'],
  ];
  for (const [name, text, input] of cases) {
    it(`is read out of the arguments however they are split: ${name}`, () => {
      for (const deltas of splits(text)) assert.equal(readAll(deltas), input, JSON.stringify(deltas));
    });
  }

  it('is known as soon as it has come', () => {
    const reader = new CustomInputReader();
    assert.deepEqual(
      ['{"inp', 'ut": "a', 'b\\', 'nc', '"', '}'].map((delta) => reader.read(delta)),
      ['', 'a', 'b', '\nc', '', ''],
    );
    assert.equal(reader.end(), '');
  });

  it('may be megabytes long, in one piece or in many', () => {
    const input = 'line "1"\n'.repeat(200_000);
    const text = toCustomArguments(input);
    assert.equal(readAll([text]), input);
    const deltas = text.match(/[\s\S]{1,40}/g) ?? [];
    assert.ok(deltas.length > 10_000);
    assert.equal(readAll(deltas), input);
  });

  it('is what the arguments were made of', () => {
    for (const input of ['', 'plain', '"quoted"\\\n', '🌦\u0000'])
      assert.equal(readAll([toCustomArguments(input)]), input);
  });
});

describe('a freeform tool, as agents that know only functions are given it', () => {
  it('is a function with one text, which must be there', () => {
    const { parameters, ...tool } = fromCustomTool({ name: 'run' });
    assert.deepEqual(tool, { name: 'run' });
    assert.deepEqual(parameters?.['required'], ['input']);
    assert.equal(parameters['additionalProperties'], false);
    assert.partialDeepStrictEqual(parameters['properties'], { input: { type: 'string' } });
  });

  it('has its grammar in its description', () => {
    const { description } = fromCustomTool({
      name: 'patch',
      description: 'Changes files.',
      grammar: { syntax: 'lark', definition: 'start: "x"' },
    });
    assert.equal(description, 'Changes files.\n\nThe input must follow this lark grammar:\nstart: "x"');
  });
});
