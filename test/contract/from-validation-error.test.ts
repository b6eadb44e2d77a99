import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromValidationError, isValidationError } from '../../src/contract/from-validation-error.ts';
import { ApiError } from '../../src/errors/api-error.ts';

const refusal = (...paths: string[]) => ({
  status: 400,
  errors: paths.map((path) => ({ path, message: `wrong at ${path}` })),
});

const conversions: [path: string, param: string][] = [
  ['/query/starting_after', 'starting_after'],
  ['/query/include/0', 'include[0]'],
  ['/params/response_id', 'response_id'],
  ['/body/input/0/type', 'input[0].type'],
  ['/body/messages/2/content/10/image_url/url', 'messages[2].content[10].image_url.url'],
];

for (const [path, param] of conversions) {
  test(`${path} becomes the param ${param}`, () => {
    const error = fromValidationError(refusal(path));
    assert.equal(error.param, param);
    assert.equal(error.message, `Invalid '${param}': wrong at ${path}.`);
    assert.equal(error.code, 'invalid_value');
    assert.equal(error.status, 400);
  });
}

test('the deepest of several violations is reported, since it is the most specific', () => {
  const error = fromValidationError(refusal('/body/input', '/body/input/0/content/1/type', '/body/input/0'));
  assert.equal(error.param, 'input[0].content[1].type');
});

test('a refusal without violations is still a 400', () => {
  const error = fromValidationError(refusal());
  assert.equal(error.status, 400);
  assert.equal(error.message, 'The request is invalid.');
});

test("recognises only the validator's errors", () => {
  assert.equal(isValidationError(Object.assign(new Error('no'), refusal('/body'))), true);
  assert.equal(isValidationError(new ApiError('invalid_value', 'no')), false);
  assert.equal(isValidationError(new Error('no')), false);
  assert.equal(isValidationError(Object.assign(new Error('no'), { status: 400 })), false);
  assert.equal(isValidationError({ status: 400, errors: [] }), false);
  assert.equal(isValidationError(undefined), false);
});
