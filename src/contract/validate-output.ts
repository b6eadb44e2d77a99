import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Contract } from './load-contract.ts';
import type { MediaType, ResponseObject } from './prepare-document.ts';
import type { OperationId } from './types.ts';

/** Checks what the server says against the contract. */
export interface CheckOutput {
  /** Throws an Error that names the violation. */
  json(operationId: OperationId, status: number, body: unknown): void;
  /** Passes the events through, each checked before it is handed on. */
  stream<Event>(operationId: OperationId, events: AsyncIterable<readonly Event[]>): AsyncIterable<readonly Event[]>;
  /** Throws an Error that names the violation. */
  event(operationId: OperationId, event: unknown): void;
}

/** Compiles the schemas of the contract's replies, each at its first use. */
export function createOutputCheck({ prepared }: Pick<Contract, 'prepared'>): CheckOutput {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema(prepared, 'contract');
  const compiled = new Map<string, ValidateFunction>();

  function check(operationId: OperationId, status: number, mediaType: string, value: unknown): void {
    const name = `${operationId} ${status} ${mediaType}`;
    let validate = compiled.get(name);
    if (!validate) {
      validate = ajv.compile({ $ref: `contract${findSchema(operationId, status, mediaType)}` });
      compiled.set(name, validate);
    }
    if (validate(value)) return;
    const shown = JSON.stringify(value).slice(0, 2000);
    throw new Error(`${name} breaks the contract: ${ajv.errorsText(validate.errors, { dataVar: 'body' })}\n${shown}`);
  }

  function findSchema(operationId: OperationId, status: number, mediaType: string): string {
    for (const [path, item] of Object.entries(prepared.paths)) {
      for (const method of ['get', 'post', 'delete'] as const) {
        if (item[method]?.operationId !== operationId) continue;
        const { responses } = item[method];
        // A status of its own comes before its class, such as `4XX`.
        const key = responses[status] ? `${status}` : `${Math.floor(status / 100)}XX`;
        const pointer = `#/paths/${escapePointer(path)}/${method}/responses/${key}`;
        return toSchemaPointer(responses[key], pointer, mediaType);
      }
    }
    throw new Error(`No operation ${operationId} in the contract.`);
  }

  function toSchemaPointer(response: ResponseObject | undefined, pointer: string, mediaType: string): string {
    if (!response) throw new Error(`The contract has no ${pointer}.`);
    if (response.$ref !== undefined) {
      const name = response.$ref.split('/').at(-1) ?? '';
      return toSchemaPointer(prepared.components.responses?.[name], response.$ref, mediaType);
    }
    const media: MediaType | undefined = response.content?.[mediaType];
    if (!media?.schema) throw new Error(`The contract gives no ${mediaType} at ${pointer}.`);
    return `${pointer}/content/${escapePointer(mediaType)}/schema`;
  }

  const event = (operationId: OperationId, value: unknown) => check(operationId, 200, 'text/event-stream', value);
  return {
    event,
    json: (operationId, status, body) => check(operationId, status, 'application/json', body),
    async *stream(operationId, batches) {
      for await (const batch of batches) {
        for (const value of batch) event(operationId, value);
        yield batch;
      }
    },
  };
}

const escapePointer = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
