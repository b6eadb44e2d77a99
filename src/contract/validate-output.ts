import type { ValidateFunction } from 'ajv';
import type { EventBatch } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import { mapFlow } from '../flow/mapped-flow.ts';
import { compileSchema, describeErrors } from './compile-schema.ts';
import { findReply } from './find-reply.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';
import type { OperationId } from './types.ts';

/** The most characters of an invalid value that an error shows. */
const shownCharacters = 2000;

/** Checks the server's replies against the contract. */
export interface CheckOutput {
  /** Throws an Error that names the violation. */
  json(operationId: OperationId, status: number, body: unknown): void;
  /** Passes the events through and checks each before it is sent. */
  stream<Event extends object>(operationId: OperationId, events: Flow<EventBatch<Event>>): Flow<EventBatch<Event>>;
  /** Throws an Error that names the violation. */
  event(operationId: OperationId, event: unknown): void;
}

/** The reply that a value belongs to. */
interface ReplyKind {
  operationId: OperationId;
  status: number;
  mediaType: 'application/json' | 'text/event-stream';
}

type OutputContract = Pick<Contract, 'prepared' | 'operations'>;

/** Creates the check. Each schema is compiled at its first use. */
export function createOutputCheck(contract: OutputContract): CheckOutput {
  const compiled = new Map<string, ValidateFunction>();

  function check(kind: ReplyKind, value: unknown): void {
    const name = `${kind.operationId} ${kind.status} ${kind.mediaType}`;
    const validate = compiled.get(name) ?? compileSchema(contract.prepared, findSchema(contract, kind));
    compiled.set(name, validate);
    if (validate(value)) return;
    const shown = JSON.stringify(value).slice(0, shownCharacters);
    throw new Error(`${name} breaks the contract: ${describeErrors(validate.errors)}\n${shown}`);
  }

  const event = (operationId: OperationId, value: unknown) =>
    check({ operationId, status: 200, mediaType: 'text/event-stream' }, value);
  return {
    event,
    json: (operationId, status, body) => check({ operationId, status, mediaType: 'application/json' }, body),
    stream: (operationId, batches) =>
      mapFlow(batches, (batch) => {
        for (const value of batch.events) event(operationId, value);
        return batch;
      }),
  };
}

/** Returns the schema of a reply. */
function findSchema({ prepared, operations }: OutputContract, { operationId, status, mediaType }: ReplyKind): Schema {
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`Unknown operation ${operationId} in the contract.`);
  const schema = findReply(prepared, operation, status)?.content?.[mediaType]?.schema;
  if (!schema) throw new Error(`The contract has no ${mediaType} for status ${status} of ${operationId}.`);
  return schema;
}
