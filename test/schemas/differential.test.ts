import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkSchema } from '../../src/schemas/check-schema.ts';
import { type CompiledSchema, compileSchema } from '../../src/schemas/compile-schema.ts';
import { createRandom } from '../helpers/random.ts';
import { randomSchema, randomValue } from './random-schema.ts';

const seed = 7;
const schemas = 300;
const valuesPerSchema = 6;
const roomy = { steps: 1e6, levels: 1000 };

/** Keywords that only Ajv knows, that each resolves differently, and a division that Ajv rounds. */
const apart = /"(?:\$async|\$schema|\$vocabulary|nullable|id|\$id|\$dynamicRef|\$dynamicAnchor|multipleOf)":/;
/** Expressions that Ajv would run forever, or that are not checked, and the empty name, which Ajv never requires. */
const unfit = /\(a\+\)\+|\(a\|a\)|\.\*a|\(\(\[a|\(x\{500|\?=a|\?<!a|\\\\1"|1000|[[,]""/;

type Validate = (value: unknown) => boolean;

function tryOr<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Returns an independent validator, if it accepts the schema. */
function compileWithAjv(schema: Record<string, unknown>): Validate | undefined {
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false, ownProperties: true });
  return tryOr(() => {
    const validate = ajv.compile(schema);
    return (value) => validate(value) === true;
  });
}

test(`schemas have the same meaning as for an independent validator (seed ${seed})`, () => {
  const random = createRandom(seed);
  let [compared, fitting] = [0, 0];
  for (let index = 0; index < schemas; index++) {
    const schema = randomSchema(random);
    const text = JSON.stringify(schema);
    if (apart.test(text) || unfit.test(text)) continue;
    const ours = tryOr((): CompiledSchema => {
      checkSchema(schema, { param: 'schema', bytes: 1e6 });
      return compileSchema(schema);
    });
    const theirs = ours && compileWithAjv(schema);
    if (!ours || !theirs) continue;
    for (let count = 0; count < valuesPerSchema; count++) {
      const value = randomValue(random);
      const verdict = tryOr((): boolean => theirs(value));
      if (verdict === undefined) continue;
      const complaint: string | undefined = ours.complain(value, roomy);
      assert.equal(complaint === undefined, verdict, `${text} for ${JSON.stringify(value)}: ${complaint}`);
      compared += 1;
      if (verdict) fitting += 1;
    }
  }
  assert.ok(fitting > 50 && compared - fitting > 20, `${fitting} of ${compared} values fitted`);
});
