import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCaseRandom } from './case-random.ts';
import { makeHostileAnswer } from './hostile-answer.ts';
import { encodeBody, mutate, writeJson } from './make-body.ts';
import { sampleBody } from './sample-body.ts';
import { pickId, pickQuery } from './values.ts';

describe('a case', () => {
  const make = (seed: number, index: number) => {
    const random = createCaseRandom(seed, index);
    const body = encodeBody(writeJson(mutate(sampleBody('createResponse', random), random), random), random);
    return { ...body, id: pickId(random), query: pickQuery(random), answer: makeHostileAnswer(random, true) };
  };

  test('is the same for the same seed and index', () => {
    for (let index = 0; index < 200; index++) assert.deepEqual(make(7, index), make(7, index));
  });

  test('differs from its neighbours', () => {
    const bodies = Array.from({ length: 200 }, (_, index) => make(7, index).bytes.toString('base64'));
    assert.ok(new Set(bodies).size > 150, `${new Set(bodies).size} of 200 differ`);
    assert.notDeepEqual(make(7, 1), make(8, 1));
  });
});
