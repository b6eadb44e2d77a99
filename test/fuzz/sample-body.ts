import { loadContract } from '../../src/contract/load-contract.ts';
import type { Schema } from '../../src/contract/schema.ts';
import { isObject } from '../../src/json/is-object.ts';
import { sampleRequests } from '../contract/sample-requests.ts';
import { randomSchema } from '../schemas/random-schema.ts';
import type { CaseRandom } from './case-random.ts';
import { pickText, strangers } from './values.ts';

const { document, operations } = loadContract();

/** Operations with a body, by their ids. */
const bodies = new Map<string, Schema>(
  operations.flatMap(({ operationId, path, method }) => {
    const schema = document.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
    return schema === undefined ? [] : [[operationId, schema]];
  }),
);

/** Beyond this many levels only what is required is generated. */
const deepest = 6;

/** A body for an operation, valid for the most part: of its schema, or one that a client might send. */
export function sampleBody(operationId: string, random: CaseRandom): unknown {
  const kind = { createChatCompletion: 'chat', createResponse: 'responses' }[operationId];
  const ready = sampleRequests.filter(([of]) => of === kind);
  if (ready.length > 0 && random.once(3)) return structuredClone(random.pick(ready)[1]);
  const schema = bodies.get(operationId);
  return schema === undefined ? {} : sample(schema, random, { name: '', level: 0 });
}

interface Position {
  /** Of the property whose value this is. */
  name: string;
  level: number;
}

function sample(schema: Schema, random: CaseRandom, at: Position): unknown {
  if (schema.$ref !== undefined) return sample(resolve(schema.$ref), random, at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const special = sampleNamed(schema, random, at);
  if (special !== undefined) return special;
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined && branches.length > 0) {
    const own = schema.properties === undefined ? undefined : sampleObject(schema, random, at);
    const value = sample(random.pick(branches), random, at);
    return isObject(own) && isObject(value) ? { ...own, ...value } : value;
  }
  if (schema.allOf !== undefined) {
    const parts = [...schema.allOf.map((part) => sample(part, random, at)), sampleObject(schema, random, at)];
    return parts.every(isObject) ? Object.assign({}, ...parts) : parts[0];
  }
  return sampleType(schema, random, at);
}

function sampleType(schema: Schema, random: CaseRandom, at: Position): unknown {
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case 'object':
      return sampleObject(schema, random, at);
    case 'array': {
      const least = schema.minItems ?? 0;
      const length = at.level > deepest ? least : least + random(3);
      const items = schema.items ?? {};
      return Array.from({ length }, () => sample(items, random, { name: at.name, level: at.level + 1 }));
    }
    case 'string':
      return pickText(random).slice(0, schema.maxLength);
    case 'integer':
    case 'number': {
      const least = schema.minimum ?? 0;
      const value = least + random(Math.max(1, Math.min(100, (schema.maximum ?? 100) - least + 1)));
      return type === 'number' && random.once(2) ? value / 2 : value;
    }
    case 'boolean':
      return random.once(2);
    case 'null':
      return null;
    default:
      return random.pick(strangers);
  }
}

function sampleObject({ properties = {}, required = [] }: Schema, random: CaseRandom, at: Position): object {
  const chosen: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (!required.includes(name) && (at.level > deepest || !random.once(4))) continue;
    chosen[name] = sample(schema, random, { name, level: at.level + 1 });
  }
  return chosen;
}

/** Fields whose schema is wider than what a sound request has in them. */
function sampleNamed(schema: Schema, random: CaseRandom, { name, level }: Position): unknown {
  switch (name) {
    case 'model':
      return random.pick(['offline', 'm', 'test-model']);
    case 'previous_response_id':
    case 'conversation':
    case 'prompt':
      return random.once(5) ? undefined : null;
    case 'background':
      return random.once(5);
    case 'arguments':
      return random.pick(['{}', '{"a":1}', '{', '', '[]', 'null', '{"__proto__":{}}']);
    case 'schema':
    case 'parameters':
      return level > 1 && schema.type === 'object' ? randomSchema(random) : undefined;
    case 'image_url':
      return schema.type === 'string' ? random.pick(['data:image/png;base64,AA==', 'http://x/y.png']) : undefined;
    case 'metadata':
      return { a: 'b', c: pickText(random).slice(0, 500) };
    case 'n':
      return 1 + random(3);
    default:
      return undefined;
  }
}

function resolve(reference: string): Schema {
  const schema = document.components.schemas[reference.split('/').at(-1) ?? ''];
  if (schema === undefined) throw new Error(`The contract has no ${reference}.`);
  return schema;
}
