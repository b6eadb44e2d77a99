import { createValueCheck } from '../../contract/check-value.ts';
import type { ResponseObject } from '../../contract/document.ts';
import { findReply } from '../../contract/find-reply.ts';
import type { Contract, ContractOperation } from '../../contract/load-contract.ts';
import type { Schema } from '../../contract/schema.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { Violation, ViolationKind } from '../../recording/recording.ts';

/** A violation without its direction, which the caller knows. */
export type Finding = Pick<Violation, 'kind' | 'place' | 'message'>;

const longestMessage = 240;

const frameSchema = { $ref: '#/components/schemas/WebSocketResponseCreate' };
const frameErrorSchema = { $ref: '#/components/schemas/WebSocketErrorEvent' };
const errorSchema = { $ref: '#/components/schemas/ErrorResponse' };

/** Checks values against the contract's schemas and locates errors. Each check is compiled on first use and cached. */
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

  /** Checks a JSON reply. An error with a status that the contract does not list must still use the error envelope. */
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

  /** Returns a finding for a status below 400 that the contract does not list. */
  status(operation: ContractOperation, status: number): Finding | undefined {
    if (status >= 400 || this.#reply(operation, status)) return undefined;
    const known = Object.keys(this.#operation(operation)?.responses ?? {})
      .filter((key) => key !== 'default')
      .join(', ');
    return { kind: 'status', place: '', message: `unexpected status ${status}; expected one of: ${known}` };
  }

  /** Returns the media types of a status. */
  mediaTypes(operation: ContractOperation, status: number): string[] {
    return Object.keys(this.#reply(operation, status)?.content ?? { 'application/json': {} });
  }

  /** Compiles the common checks, so that the first exchange is not delayed. */
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
    return findReply(this.#contract.prepared, operation, status);
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

/** Rewords an error about a request's parameter as a finding about either side. */
function toFinding(reason: unknown): Finding {
  const { code, param, message, cause } = ApiError.from(reason);
  const kind = kinds[code] ?? 'wrong value';
  const place = param ?? '';
  if (kind === 'missing field') return { kind, place, message: 'a required field is missing' };
  // Without a location the validator's own message is more precise.
  const text = place === '' && cause instanceof Error ? cause.message : message.replace(/^Invalid type.*?: /, '');
  return { kind, place, message: cut(text.replace(/\.$/, '')) };
}

/** Truncates a message: its list of accepted values may be very long. */
function cut(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
