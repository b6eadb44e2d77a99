import type { ResponseObject } from '../../contract/document.ts';
import { findReply } from '../../contract/find-reply.ts';
import { createViolationFinder } from '../../contract/find-violations.ts';
import type { Contract, ContractOperation } from '../../contract/load-contract.ts';
import type { Schema } from '../../contract/schema.ts';
import { type Violation as SchemaViolation, toParam } from '../../contract/violation.ts';
import type { Judge } from '../../judge/create-judge.ts';
import { judgeLimits } from '../../judge/judge-limits.ts';
import type { Violation, ViolationKind } from '../../recording/recording.ts';

/** A violation without its direction, which the caller knows. */
export interface Finding extends Pick<Violation, 'kind' | 'place' | 'message'> {
  /** Whether only a SHOULD is broken. */
  isNote?: true;
}

const longestMessage = 240;

const frameSchema = { $ref: '#/components/schemas/WebSocketResponseCreate' };
const frameErrorSchema = { $ref: '#/components/schemas/WebSocketErrorEvent' };
const errorSchema = { $ref: '#/components/schemas/ErrorResponse' };

/**
 * Checks requests against our contract and replies against the public contract that binds the upstream, and locates
 * errors. Each check is compiled on first use and cached.
 */
export class ContractChecks {
  readonly #contract: Contract;
  readonly #judge: Judge;
  readonly #requestChecks = new Map<string, (value: unknown) => SchemaViolation[]>();

  constructor(contract: Contract, judge: Judge) {
    this.#contract = contract;
    this.#judge = judge;
  }

  /** Whether Open Responses binds the upstream. */
  get bindsToOpenResponses(): boolean {
    return this.#judge.binding !== 'openai';
  }

  request(operation: ContractOperation, value: unknown): Finding[] {
    const schema = this.#operation(operation)?.requestBody?.content['application/json']?.schema;
    return schema ? this.#checkRequest(schema, value) : [];
  }

  /** Checks a JSON reply. An error with a status that the contract does not list must still use the error envelope. */
  reply(operation: ContractOperation, status: number, value: unknown): Finding[] {
    const schema = this.#reply(operation, status)?.content?.['application/json']?.schema;
    return this.#checkReply(schema ?? errorSchema, value);
  }

  event(operation: ContractOperation, value: unknown): Finding[] {
    const schema = this.#reply(operation, 200)?.content?.['text/event-stream']?.schema;
    return schema ? this.#checkReply(schema, value) : [];
  }

  frame(value: unknown): Finding[] {
    return this.#checkRequest(frameSchema, value);
  }

  frameError(value: unknown): Finding[] {
    return this.#checkReply(frameErrorSchema, value);
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

  #checkRequest(schema: Schema, value: unknown): Finding[] {
    const key = JSON.stringify(schema);
    const check = this.#requestChecks.get(key) ?? createViolationFinder(this.#contract, schema, judgeLimits.violations);
    this.#requestChecks.set(key, check);
    return check(value).map(toFinding);
  }

  #checkReply(schema: Schema, value: unknown): Finding[] {
    const { violations, notes } = this.#judge.judge(schema, value);
    return [...violations.map(toFinding), ...notes.map((note) => ({ ...toFinding(note), isNote: true as const }))];
  }
}

const kinds: Record<string, ViolationKind> = {
  missing_required_parameter: 'missing field',
  invalid_type: 'wrong type',
};

/** Rewords an error about a request's parameter as a finding about either side. */
function toFinding({ code, path, message }: SchemaViolation): Finding {
  const kind = kinds[code] ?? 'wrong value';
  const place = toParam(path);
  if (kind === 'missing field') return { kind, place, message: 'a required field is missing' };
  return { kind, place, message: cut(message.replace(/^Invalid type.*?: /, '').replace(/\.$/, '')) };
}

/** Truncates a message: its list of accepted values may be very long. */
function cut(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
