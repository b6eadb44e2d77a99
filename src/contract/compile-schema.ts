import { createRequire } from 'node:module';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { lazy } from '../lazy.ts';
import { createDispatchKeyword } from './dispatch-keyword.ts';
import { dispatchUnions } from './dispatch-unions.ts';
import type { OpenApiDocument } from './document.ts';
import { misspeltKeyword } from './misspelt-keyword.ts';
import type { Schema } from './schema.ts';

interface Compiler {
  ajv: Ajv2020;
  /** By the JSON text of the schema. */
  compiled: Map<string, ValidateFunction>;
}

/** One for each contract, so that a schema that several bodies and replies share is compiled once. */
const compilers = new WeakMap<OpenApiDocument, Compiler>();
const documentName = 'contract';

const require = createRequire(import.meta.url);
/** Loaded by the first schema, so that a server starts without it. */
const ajvPackage = lazy((): typeof import('ajv/dist/2020.js') => require('ajv/dist/2020.js'));

/** Compiles a schema that refers to schemas of a prepared document. */
export function compileSchema(prepared: OpenApiDocument, schema: Schema): ValidateFunction {
  const { ajv, compiled } = compilers.get(prepared) ?? createCompiler(prepared);
  const text = JSON.stringify(schema);
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text, toAbsolute));
  compiled.set(text, validate);
  return validate;
}

/** Checks no schema against the meta-schema: the contract is linted. V8 optimizes the code as well as Ajv would. */
function createCompiler(prepared: OpenApiDocument): Compiler {
  const ajv = new (ajvPackage().Ajv2020)({
    strict: false,
    strictNumbers: true,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  ajv.addKeyword(createDispatchKeyword((schema) => compileSchema(prepared, schema)));
  ajv.addKeyword(misspeltKeyword);
  const document = structuredClone(prepared);
  dispatchUnions(document);
  ajv.addSchema(document, documentName);
  const compiler = { ajv, compiled: new Map() };
  compilers.set(prepared, compiler);
  return compiler;
}

/** Returns the validator's errors in one line. */
export const describeErrors = (errors: ValidateFunction['errors']): string =>
  (errors ?? []).map(({ instancePath, message }) => `body${instancePath} ${message}`).join(', ');

const toAbsolute = (key: string, value: unknown): unknown => (key === '$ref' ? `${documentName}${value}` : value);
