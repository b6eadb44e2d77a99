import type { Generator } from './generator.ts';
import { datamodelCodeGenerator } from './generators/datamodel-code-generator.ts';
import { heyApi } from './generators/hey-api.ts';
import { oapiCodegen } from './generators/oapi-codegen.ts';
import { oazapfts } from './generators/oazapfts.ts';
import { ogen } from './generators/ogen.ts';
import { openapiFetch } from './generators/openapi-fetch.ts';
import { openapiGeneratorGo } from './generators/openapi-generator-go.ts';
import { openapiGeneratorJava } from './generators/openapi-generator-java.ts';
import { openapiGeneratorPython } from './generators/openapi-generator-python.ts';
import { openapiGeneratorRust } from './generators/openapi-generator-rust.ts';
import { openapiGeneratorTypescriptFetch } from './generators/openapi-generator-typescript-fetch.ts';
import { openapiPythonClient } from './generators/openapi-python-client.ts';
import { orval } from './generators/orval.ts';
import { progenitor } from './generators/progenitor.ts';

/** The rows of the table, in its order. */
export const generators: Generator[] = [
  openapiFetch,
  heyApi,
  orval,
  oazapfts,
  openapiGeneratorTypescriptFetch,
  openapiPythonClient,
  openapiGeneratorPython,
  datamodelCodeGenerator,
  oapiCodegen,
  ogen,
  openapiGeneratorGo,
  openapiGeneratorJava,
  openapiGeneratorRust,
  progenitor,
];
