import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LearnedFields } from '../../../src/agent/upstream/learned-fields.ts';
import { answersSoon, learnFromEnd, learnFromExtras, needsStream } from '../../../src/agent/upstream/plain-answers.ts';
import { limits } from '../../../src/config/limits.ts';

const short = { isAccepted: true, isLong: false };
const long = { isAccepted: true, isLong: true };

/** Calls `take` with one model more than the limit. */
function forManyModels(count: number, take: (model: string) => void): void {
  for (let number = 0; number <= count; number++) take(`model-${number}`);
}

suite('the lessons about an upstream', () => {
  test('are about all models, or about one', () => {
    const learned = new LearnedFields();
    assert.equal(learned.learn('max_tokens', 'max_completion_tokens', 'a'), true);
    assert.equal(learned.learn('max_tokens', 'max_completion_tokens', 'a'), false);
    assert.equal(learned.learn('user'), true);
    assert.equal(learned.learn('user'), false);
    assert.deepEqual(
      [learned.nameOf('max_tokens', 'a'), learned.isRefused('max_tokens', 'a')],
      ['max_completion_tokens', false],
    );
    assert.deepEqual([learned.nameOf('max_tokens', 'b'), learned.nameOf('max_tokens')], ['max_tokens', 'max_tokens']);
    assert.deepEqual(
      [learned.isRefused('user', 'a'), learned.isRefused('user'), learned.nameOf('user')],
      [true, true, 'user'],
    );
  });

  test('of one model come before those of all, and later ones replace earlier ones', () => {
    const learned = new LearnedFields();
    learned.learn('system', undefined);
    learned.learn('system', 'user', 'a');
    assert.deepEqual([learned.isRefused('system', 'a'), learned.isRefused('system', 'b')], [false, true]);
    assert.equal(learned.learn('system', undefined, 'a'), true);
    assert.equal(learned.isRefused('system', 'a'), true);
  });

  test('are not pushed out by answers of many models, and the latest of these are remembered', () => {
    const learned = new LearnedFields();
    learned.learn('stream_options');
    learned.learn('max_tokens', 'max_completion_tokens', 'strict');
    learned.learn('plain answers', undefined, 'strict');
    forManyModels(limits.upstreamAnsweringModels, (model) => learnFromEnd(learned, model, short));
    assert.equal(learned.isRefused('stream_options', 'strict'), true);
    assert.equal(learned.nameOf('max_tokens', 'strict'), 'max_completion_tokens');
    assert.equal(needsStream(learned, 'strict'), true);
    assert.deepEqual([answersSoon(learned, 'model-0'), answersSoon(learned, 'model-1')], [false, true]);
  });

  test('about all models are not pushed out by those about many', () => {
    const learned = new LearnedFields();
    learned.learn('stream_options');
    learnFromExtras(learned);
    forManyModels(limits.upstreamLessons, (model) => learned.learn('reasoning_effort', undefined, model));
    assert.equal(learned.isRefused('stream_options'), true);
    assert.equal(needsStream(learned, 'any'), true);
    assert.deepEqual(
      ['model-0', 'model-1'].map((model) => learned.isRefused('reasoning_effort', model)),
      [false, true],
    );
  });
});

suite('the answers of a model', () => {
  test('are remembered while the model is in use', () => {
    const learned = new LearnedFields();
    learnFromEnd(learned, 'busy', long);
    forManyModels(limits.upstreamAnsweringModels, (model) => {
      learnFromEnd(learned, model, short);
      learnFromEnd(learned, 'busy', short);
    });
    assert.deepEqual([needsStream(learned, 'busy'), answersSoon(learned, 'busy')], [true, false]);
  });

  test('count once the upstream accepted the request', () => {
    const learned = new LearnedFields();
    learnFromEnd(learned, 'm', { isAccepted: false, isLong: false });
    assert.deepEqual([needsStream(learned, 'm'), answersSoon(learned, 'm')], [false, false]);
    learnFromEnd(learned, 'm', short);
    assert.deepEqual([needsStream(learned, 'm'), answersSoon(learned, 'm')], [false, true]);
    learnFromEnd(learned, 'm', { isAccepted: false, isLong: true });
    assert.deepEqual([needsStream(learned, 'm'), answersSoon(learned, 'm')], [true, false]);
  });
});
