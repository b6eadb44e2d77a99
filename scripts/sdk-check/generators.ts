import type { Generator } from './generator.ts';
import { oapiCodegen } from './generators/oapi-codegen.ts';
import { openapiGeneratorJava } from './generators/openapi-generator-java.ts';
import { openapiPythonClient } from './generators/openapi-python-client.ts';

/** The rows of the table, in its order. */
export const generators: Generator[] = [openapiPythonClient, oapiCodegen, openapiGeneratorJava];
