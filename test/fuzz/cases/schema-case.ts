import { randomSchema } from '../../schemas/random-schema.ts';
import type { FuzzCase } from '../fuzz-case.ts';
import { mutate } from '../make-body.ts';

const answers = [
  '/say {"a":1}',
  '/say "x"',
  '/say 1',
  '/say [1,2,3]',
  '/call f {"a":"aaaaaaaaaaaaaaaaaaaaaaaaaa!"}',
  'Hello',
  '/say aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
];

/** A generated JSON Schema, as the format of an answer or as the parameters of a tool. */
export async function runSchemaCase(fuzz: FuzzCase): Promise<void> {
  const { random } = fuzz;
  const schema = mutate(randomSchema(random), random);
  const strict = random.pick([true, false, null, undefined]);
  const input = `${fuzz.name} \n${random.pick(answers)}`;
  const stream = random.once(3);
  fuzz.mayAgentFail = true;
  const common = { model: 'offline', stream, ...(random.once(3) ? { store: false } : {}) };
  const isTool = random.once(2);
  if (random.once(2)) {
    const asked = isTool
      ? {
          tools: [{ type: 'function', name: 'f', parameters: schema, strict }],
          tool_choice: random.pick(['auto', 'required', undefined]),
        }
      : { text: { format: { type: 'json_schema', name: 'x', schema, strict } } };
    await fuzz.post('/v1/responses', {
      ...common,
      input,
      background: random.once(6) && common.store !== false,
      ...asked,
    });
    return;
  }
  const asked = isTool
    ? {
        tools: [{ type: 'function', function: { name: 'f', parameters: schema, strict } }],
        tool_choice: random.pick(['auto', 'required', undefined]),
      }
    : { response_format: { type: 'json_schema', json_schema: { name: 'x', schema, strict } } };
  await fuzz.post('/v1/chat/completions', { ...common, messages: [{ role: 'user', content: input }], ...asked });
}
