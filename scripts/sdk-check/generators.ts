import type { Generator } from './generator.ts';
import { datamodelCodeGenerator } from './generators/datamodel-code-generator.ts';
import { oapiCodegen } from './generators/oapi-codegen.ts';
import { ogen } from './generators/ogen.ts';
import { openapiGeneratorGo } from './generators/openapi-generator-go.ts';
import { openapiGeneratorJava } from './generators/openapi-generator-java.ts';
import { openapiGeneratorPython } from './generators/openapi-generator-python.ts';
import { openapiGeneratorRust } from './generators/openapi-generator-rust.ts';
import { openapiPythonClient } from './generators/openapi-python-client.ts';

/** The rows of the table, in its order. */
export const generators: Generator[] = [
  openapiPythonClient,
  openapiGeneratorPython,
  datamodelCodeGenerator,
  oapiCodegen,
  ogen,
  openapiGeneratorGo,
  openapiGeneratorJava,
  openapiGeneratorRust,
];
