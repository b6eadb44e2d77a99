import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { DataValidateFunction, FuncKeywordDefinition } from 'ajv/dist/types/index.js';
import { isObject } from '../json/is-object.ts';
import type { Schema } from './schema.ts';

/**
 * Applies one of a list of schemas, chosen by the value of a tag field. `dispatchOn` holds the field's name and its
 * values in the order of the schemas. Any other value gets the last schema. Each schema is compiled at its first use:
 * compiling those of every item and tool would delay the first request by a quarter of a second.
 */
export const createDispatchKeyword = (compile: (schema: Schema) => ValidateFunction): FuncKeywordDefinition => ({
  keyword: 'dispatch',
  schemaType: 'array',
  errors: 'full',
  compile(schemas: Schema[], parent): DataValidateFunction {
    const { tag, values } = (parent as Required<Pick<Schema, 'dispatchOn'>>).dispatchOn;
    const indexes = new Map<unknown, number>(values.map((value, index) => [value, index]));
    const members: ValidateFunction[] = [];
    const validate: DataValidateFunction = (value, context) => {
      const index = (isObject(value) ? indexes.get(value[tag]) : undefined) ?? values.length;
      const member = members[index] ?? compile(schemas[index] ?? {});
      members[index] = member;
      const isValid = member(value, context);
      validate.errors = member.errors ?? [];
      return isValid;
    };
    return validate;
  },
});
