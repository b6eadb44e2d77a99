import { _, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/2020.js';
import type { Schema } from './schema.ts';

/**
 * Applies one of a list of schemas, chosen by the value of a tag field. `dispatchOn` holds the field's name and its
 * values in the order of the schemas. Any other value gets the last schema.
 */
export const dispatchKeyword: CodeKeywordDefinition = {
  keyword: 'dispatch',
  schemaType: 'array',
  code(cxt: KeywordCxt) {
    const { gen, data, parentSchema } = cxt;
    const { tag: name, values } = (parentSchema as Required<Pick<Schema, 'dispatchOn'>>).dispatchOn;
    const valid = gen.let('valid', false);
    const isObject = _`${data} && typeof ${data} == "object" && !Array.isArray(${data})`;
    const tag = gen.const('tag', _`${isObject} ? ${data}[${name}] : undefined`);
    gen.if(false);
    for (const [index, value] of values.entries()) {
      gen.elseIf(_`${tag} === ${value}`);
      apply(index);
    }
    gen.else();
    apply(values.length);
    gen.endIf();
    cxt.ok(valid);

    function apply(schemaProp: number): void {
      const isValid = gen.name('valid');
      cxt.subschema({ keyword: 'dispatch', schemaProp }, isValid);
      gen.assign(valid, isValid);
    }
  },
};
