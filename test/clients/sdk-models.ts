import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotFoundError } from 'openai';
import type { Setup } from './agents-under-test.ts';

/** Models through the official SDK. `expected` are the offered ids, the default first. */
export function modelsSuite(setup: Setup, expected: string[]): void {
  describe('models', () => {
    it('lists the models of the agent', async () => {
      const models = await Array.fromAsync(setup.openai.models.list());
      assert.deepEqual(
        models.map(({ id, object }) => ({ id, object })),
        expected.map((id) => ({ id, object: 'model' })),
      );
    });

    it('retrieves a model by its id', async () => {
      const id = expected.at(-1) ?? '';
      const model = await setup.openai.models.retrieve(id);
      assert.equal(model.id, id);
      assert.ok(Number.isInteger(model.created));
    });

    it('answers 404 for an unknown model', async () => {
      await assert.rejects(setup.openai.models.retrieve('no/such model'), (error) => {
        assert.ok(error instanceof NotFoundError);
        assert.equal(error.code, 'model_not_found');
        assert.equal(error.param, 'model');
        return true;
      });
    });
  });
}
