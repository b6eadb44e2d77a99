import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleSchema } from '../../src/agent/offline/schema/sample-schema.ts';
import { createValueCheck } from '../../src/contract/check-value.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { toInputItems } from '../../src/items/to-input-items.ts';
import type { InputItem } from '../../src/responses/responses-deps.ts';

const contract = loadContract();
const { components } = contract.prepared;
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const isInput = createValueCheck(contract, reference('InputItem'));
const isItem = createValueCheck(contract, reference('Item'));

/** The names of the kinds that a union of the contract has. */
function kindsOf(name: string): string[] {
  const { anyOf, oneOf } = components.schemas[name] ?? {};
  return (anyOf ?? oneOf ?? []).map((member) => `${member['$ref']}`.split('/').at(-1) ?? '');
}

const sample = (name: string): unknown => sampleSchema({ ...reference(name), components: { ...components } });

/** The value, and the value with each of its fields, at any depth, omitted, null, empty or invalid. */
function* variantsOf(value: unknown): Generator<unknown> {
  yield value;
  if (Array.isArray(value)) {
    yield [];
    for (const [index, entry] of value.entries()) for (const other of variantsOf(entry)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      // Sources and log probabilities are given back as they came: an odd one is none of ours.
      if (key === 'annotations' || key === 'logprobs') continue;
      const { [key]: _, ...rest }: Record<string, unknown> = { ...value };
      yield rest;
      for (const other of [null, 'odd', 'in_progress', 'incomplete', 'failed']) yield { ...rest, [key]: other };
      for (const other of variantsOf(entry)) yield { ...rest, [key]: other };
    }
  }
}

function fits(check: (value: unknown) => void, value: unknown): value is InputItem {
  try {
    check(value);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/** How many variants the contract lets in; each must be kept in a form in which the contract lets it out again. */
function checkVariants(value: unknown): number {
  assert.ok(fits(isInput, value), `the contract does not take ${JSON.stringify(value)}`);
  let count = 0;
  for (const variant of variantsOf(value)) {
    if (!fits(isInput, variant)) continue;
    const [item] = toInputItems([variant]);
    if (item?.['type'] === 'item_reference') continue;
    assert.ok(fits(isItem, item), `${JSON.stringify(variant)} is kept as ${JSON.stringify(item)}`);
    count++;
  }
  return count;
}

/** These are never kept: one stands for another item, one asks for something to be done. */
const passing = ['ItemReference', 'CompactionTrigger'];

describe("a client's item is stored in the full form of the contract", () => {
  for (const kind of kindsOf('InputItem').filter((name) => !passing.includes(name))) {
    it(`as ${kind}, with whatever fields`, () => {
      assert.ok(checkVariants(sample(kind)) > 1);
    });
  }

  for (const role of ['user', 'system', 'developer', 'assistant']) {
    it(`as a message of role ${role}, with text or parts`, () => {
      checkVariants({ role, content: 'Hello', status: 'searching', id: 'msg_1' });
      checkVariants({ role, content: ['a', { type: 'text', text: 'b' }, { type: 'output_text', text: 'c' }] });
      checkVariants({
        role,
        content: [
          { type: 'refusal', refusal: 'No.' },
          { type: 'summary_text', text: 'd' },
        ],
      });
    });
  }

  for (const part of ['InputText', 'InputImage', 'InputFile', 'ComputerScreenshot', 'PlainText', 'ReasoningText']) {
    it(`as a user’s ${part}`, () => {
      checkVariants({ role: 'user', content: [sample(part)] });
    });
  }

  for (const part of ['InputText', 'InputImage', 'InputFile']) {
    it(`as a tool’s ${part}`, () => {
      checkVariants({ type: 'function_call_output', call_id: 'a', output: [sample(part)] });
      checkVariants({ type: 'custom_tool_call_output', call_id: 'a', output: [sample(part)] });
    });
  }

  for (const [role, parts] of [
    ['user', ['InputAudio', 'InputVideo']],
    ['assistant', ['InputAudio', 'InputVideo', 'InputImage', 'InputFile', 'ComputerScreenshot']],
  ] as const) {
    for (const part of parts) {
      it(`or refused, with its place: ${part} of role ${role}`, () => {
        const item = { type: 'message', role, content: ['a', sample(part)] };
        assert.ok(fits(isInput, item));
        assert.throws(() => toInputItems(['Hello', item]), isRefusal('input[1].content[1]'));
        assert.throws(() => toInputItems(['Hello', item], 'items'), isRefusal('items[1].content[1]'));
      });
    }
  }
});

function isRefusal(param: string): (error: unknown) => boolean {
  return (error) => error instanceof ApiError && error.code === 'unsupported_value' && error.param === param;
}
