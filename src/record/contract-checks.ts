import { createValueCheck } from '../contract/check-value.ts';
import type { ResponseObject } from '../contract/document.ts';
import type { Contract, ContractOperation } from '../contract/load-contract.ts';
import type { Schema } from '../contract/schema.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Violation, ViolationKind } from '../recording/recording.ts';

/** What is wrong, and where; whose fault it is the caller knows. */
export type Finding = Pick<Violation, 'kind' | 'place' | 'message'>;

const longestMessage = 240;

const frameSchema = { $ref: '#/components/schemas/WebSocketResponseCreate' };
const frameErrorSchema = { $ref: '#/components/schemas/WebSocketErrorEvent' };
const errorSchema = { $ref: '#/components/schemas/ErrorResponse' };

/** The contract's schemas as checks that name the exact place. Each is compiled at its first use and kept. */
export class ContractChecks {
  readonly #contract: Contract;
  readonly #checks = new Map<string, (value: unknown) => void>();

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  request(operation: ContractOperation, value: unknown): Finding | undefined {
    const schema = this.#operation(operation)?.requestBody?.content['application/json']?.schema;
    return schema && this.#check(`${operation.operationId} request`, schema, value);
  }

  /** A plain reply. An error of a status that the contract doesn't list must have the envelope all the same. */
  reply(operation: ContractOperation, status: number, value: unknown): Finding | undefined {
    const schema = this.#reply(operation, status)?.content?.['application/json']?.schema;
    return this.#check(`${operation.operationId} ${status}`, schema ?? errorSchema, value);
  }

  event(operation: ContractOperation, value: unknown): Finding | undefined {
    const schema = this.#reply(operation, 200)?.content?.['text/event-stream']?.schema;
    return schema && this.#check(`${operation.operationId} event`, schema, value);
  }

  frame(value: unknown): Finding | undefined {
    return this.#check('frame', frameSchema, value);
  }

  frameError(value: unknown): Finding | undefined {
    return this.#check('frame error', frameErrorSchema, value);
  }

  /** Of an answer that is none of the contract's; `undefined` when it is, or is an error. */
  status(operation: ContractOperation, status: number): Finding | undefined {
    if (status >= 400 || this.#reply(operation, status)) return undefined;
    const known = Object.keys(this.#operation(operation)?.responses ?? {}).join(', ');
    return { kind: 'status', place: '', message: `status ${status} is none of the contract's: ${known}` };
  }

  /** The media types that the contract gives for a status. */
  mediaTypes(operation: ContractOperation, status: number): string[] {
    return Object.keys(this.#reply(operation, status)?.content ?? { 'application/json': {} });
  }

  /** Compiles what nearly every session needs, so that the first exchange is not held up by it. */
  warmUp(): void {
    for (const operation of this.#contract.operations) {
      if (operation.operationId !== 'createResponse' && operation.operationId !== 'createChatCompletion') continue;
      this.request(operation, null);
      this.reply(operation, 200, null);
      this.event(operation, null);
    }
  }

  #operation({ path, method }: ContractOperation) {
    return this.#contract.prepared.paths[path]?.[method];
  }

  #reply(operation: ContractOperation, status: number): ResponseObject | undefined {
    const responses = this.#operation(operation)?.responses ?? {};
    const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
    const name = response?.$ref?.split('/').at(-1);
    return name === undefined ? response : this.#contract.prepared.components.responses?.[name];
  }

  #check(name: string, schema: Schema, value: unknown): Finding | undefined {
    let check = this.#checks.get(name);
    if (!check) {
      check = createValueCheck(this.#contract, schema);
      this.#checks.set(name, check);
    }
    try {
      check(value);
    } catch (reason) {
      return toFinding(reason);
    }
    return undefined;
  }
}

const kinds: Record<string, ViolationKind> = {
  missing_required_parameter: 'missing field',
  invalid_type: 'wrong type',
};

/** The check speaks of a request's parameters to its sender; here both sides are spoken of. */
function toFinding(reason: unknown): Finding {
  const { code, param, message, cause } = ApiError.from(reason);
  const kind = kinds[code] ?? 'wrong value';
  const place = param ?? '';
  if (kind === 'missing field') return { kind, place, message: 'a required field is missing' };
  // Where the check found no single place, the validator's own words say most.
  const text = place === '' && cause instanceof Error ? cause.message : message.replace(/^Invalid type.*?: /, '');
  return { kind, place, message: cut(text.replace(/\.$/, '')) };
}

/** The list of every value that would have been right may be longer than anybody reads. */
function cut(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
