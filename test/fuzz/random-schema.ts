import type { CaseRandom } from './case-random.ts';

const keywords = [
  'type',
  'properties',
  'required',
  'items',
  'prefixItems',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'pattern',
  'patternProperties',
  'additionalProperties',
  'minLength',
  'minimum',
  'multipleOf',
  'format',
  'uniqueItems',
  'minItems',
  '$ref',
  '$defs',
  '$dynamicRef',
  '$id',
  '$async',
  'dependentRequired',
  'unevaluatedProperties',
  'propertyNames',
  'contains',
];
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const patterns = ['^a+$', '^(a+)+$', '(?<x>a)\\k<x>', '[', '\\p{L}', '(?=a)', 'a{1,100000}', ''];

/** A JSON Schema of random keywords, some of which are misused. */
export function randomSchema(random: CaseRandom, level = 0): Record<string, unknown> {
  const schema: Record<string, unknown> = level === 0 && !random.once(4) ? { type: 'object' } : {};
  const below = () => (level > 3 ? {} : randomSchema(random, level + 1));
  for (let count = 1 + random(4); count > 0; count--) {
    const keyword = random.pick(keywords);
    schema[keyword] = random.once(25)
      ? random.pick([null, 1, 'x', [], {}, true])
      : sampleKeyword(keyword, random, below);
  }
  return schema;
}

function sampleKeyword(keyword: string, random: CaseRandom, below: () => unknown): unknown {
  switch (keyword) {
    case 'type':
      return random.once(5) ? [random.pick(types), random.pick(types)] : random.pick(types);
    case 'properties':
    case '$defs':
    case 'patternProperties':
      return { [random.pick(['a', 'b', '__proto__', '^(a|a)*$', ''])]: below(), a: below() };
    case 'required':
      return random.pick([['a'], ['a', 'b'], []]);
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
    case 'prefixItems':
      return [below(), below()];
    case 'enum':
      return random.pick([[1, 'a', null], [], [{ a: 1 }]]);
    case 'const':
      return random.pick([1, 'a', null, { a: 1 }]);
    case 'pattern':
      return random.pick(patterns);
    case 'format':
      return random.pick(['date-time', 'email', 'uri', 'regex', 'nonsense']);
    case '$ref':
    case '$dynamicRef':
      return random.pick(['#', '#/$defs/a', '#/$defs/none', 'http://x/y', '#meta', '#/properties/a']);
    case '$id':
      return random.pick(['http://x/y', 'a', '#a', '']);
    case '$async':
    case 'uniqueItems':
      return true;
    case 'minLength':
    case 'minItems':
    case 'minimum':
      return random.pick([0, 1, 3, 1e9, -1, 0.5]);
    case 'multipleOf':
      return random.pick([1, 0.01, 1e-300, 0, 7]);
    case 'dependentRequired':
      return { a: ['b'] };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return random.once(2) ? false : below();
    default:
      return below();
  }
}
