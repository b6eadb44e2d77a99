import { readFileSync } from 'node:fs';
import { lazy } from '../lazy.ts';
import type { OpenApiDocument } from './document.ts';
import { prepareDocument } from './prepare-document.ts';
import type { Schema } from './schema.ts';
import type { OperationId } from './types.ts';

export type Access = 'anyone' | 'tenant' | 'operator';

export interface ContractOperation {
  operationId: OperationId;
  method: 'get' | 'put' | 'post' | 'delete';
  /** As the contract writes it: `/v1/responses/{response_id}`. */
  path: string;
  /** The callers that a server with keys admits: anyone, tenants, or operators of the server. */
  access: Access;
  hasBody: boolean;
  /** Whether a request may omit the body. */
  bodyOptional: boolean;
  /** Whether it can reply with a stream of events. */
  streams: boolean;
  /** Whether it has parameters in path or query. */
  hasParameters: boolean;
  headers: readonly HeaderParameter[];
  /** The integers among its query parameters. */
  integers: readonly IntegerParameter[];
}

export interface IntegerParameter {
  name: string;
  /** Whether it has a maximum. */
  isBounded: boolean;
}

export interface HeaderParameter {
  /** In the letter case of the contract. */
  name: string;
  /** In lower case. */
  key: string;
  schema: Schema;
}

export interface Contract {
  version: string;
  /** Reads the published document as JSON text. */
  readJson(): string;
  /** Reads the published document as YAML text, with the comments of the hand-written one. */
  readYaml(): string;
  /** The published document, parsed at its first use. */
  readonly document: OpenApiDocument;
  /** The validators' copy, made at its first use: see `prepareDocument`. */
  readonly prepared: OpenApiDocument;
  /** In the order in which routes are matched. */
  operations: ContractOperation[];
}

const root = new URL('../../', import.meta.url);

/** Returns the contract, read at the first call. All callers share it, and what is compiled from it. */
export const loadContract = lazy(readContract);

/** Reads the generated files, each at its first use. A start needs the smallest alone. */
function readContract(): Contract {
  const read = (file: string) => readFileSync(new URL(`generated/${file}`, root), 'utf8');
  const document = lazy((): OpenApiDocument => JSON.parse(read('openapi.json')));
  const prepared = lazy(() => prepareDocument(document()));
  return {
    ...JSON.parse(read('operations.json')),
    readJson: () => read('openapi.json'),
    readYaml: () => read('openapi.yaml'),
    get document() {
      return document();
    },
    get prepared() {
      return prepared();
    },
  };
}
