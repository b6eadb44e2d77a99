import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planChoices } from '../../../src/chat/run/plan-choices.ts';
import { ToolSet } from '../../../src/tools/tool-set.ts';
import { head, translate } from '../assemble.ts';

const plan = (count: number, request = translate({})) => planChoices(count, { head, request, tools: new ToolSet() });

describe('the choices of one completion', () => {
  it('ask the same, each in a session of its own', () => {
    const request = translate({ temperature: 1 });
    const choices = plan(3, request);
    assert.deepEqual(
      choices.map((choice) => ({ ...choice.request, sessionId: '' })),
      [1, 2, 3].map(() => ({ ...request, answers: 3, sessionId: '' })),
    );
    assert.equal(new Set(choices.map((choice) => choice.request.sessionId)).size, 3);
  });

  it('differ in their seed, which would make all the same', () => {
    const seeds = plan(3, translate({ seed: 40 })).map((choice) => choice.request.settings.seed);
    assert.deepEqual(seeds, [40, 41, 42]);
  });

  it('write under their own index', () => {
    const indexes = plan(3).map(({ assembler }) => assembler.end()[0]?.choices[0]?.index);
    assert.deepEqual(indexes, [0, 1, 2]);
  });
});
