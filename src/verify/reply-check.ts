import type { OpenApiDocument, ResponseObject } from '../contract/document.ts';
import type { Contract } from '../contract/load-contract.ts';
import type { Schema } from '../contract/schema.ts';
import type { OperationId } from '../contract/types.ts';
import { toParam, type Violation } from '../contract/violation.ts';
import type { Binding } from '../judge/bind-document.ts';
import { createJudge, type Judge } from '../judge/create-judge.ts';
import { Failure, type FoundViolation } from './outcomes.ts';
import { at, show } from './read-json.ts';

/** Checks replies against a contract. Each method throws a Failure that lists the violations. */
export interface ReplyCheck {
  body(operationId: OperationId, value: unknown): void;
  event(operationId: OperationId, value: unknown): void;
  /** Checks an error, or a WebSocket frame that is not a stream event. */
  schema(name: string, value: unknown): void;
  /** Checks a body of `createResponse` or `compactResponse`, or an event, for what only Open Responses requires. */
  further(operationId: OperationId, value: unknown, mediaType?: MediaType): void;
  /** The event types of a response stream. */
  readonly eventTypes: ReadonlySet<string>;
}

/** The checks of one contract. They compile schemas at first use, and serve any number of runs. */
export interface ReplyChecks {
  readonly binding: Binding;
  /** Returns the checks. They pass each broken SHOULD to `note`. */
  withNotes(note: (text: string) => void): ReplyCheck;
}

type MediaType = 'application/json' | 'text/event-stream';

export function createReplyCheck(contract: Contract, binding: Binding = 'openai'): ReplyChecks {
  const judge = createJudge(contract, binding);
  const further = binding === 'openai' ? createJudge(contract, 'open-responses') : judge;
  const eventTypes = listEventTypes(judge.document);
  return {
    binding,
    withNotes(note) {
      const check = (schema: Schema, value: unknown): void => {
        const { violations, notes } = judge.judge(schema, value);
        for (const violation of notes) note(toNote(violation));
        throwFailure(violations, value);
      };
      const replySchema = (operationId: OperationId, mediaType: MediaType) =>
        findReplySchema(judge.document, operationId, mediaType);
      return {
        body: (operationId, value) => check(replySchema(operationId, 'application/json'), value),
        event: (operationId, value) => check(replySchema(operationId, 'text/event-stream'), value),
        schema: (name, value) => check({ $ref: `#/components/schemas/${name}` }, value),
        further: (operationId, value, mediaType = 'application/json') =>
          throwFailure(listFurther(further, judge, replySchema(operationId, mediaType), value), value),
        eventTypes,
      };
    },
  };
}

/** Lists the violations of the further contract that the first does not report. */
function listFurther(further: Judge, first: Judge, schema: Schema, value: unknown): Violation[] {
  const { violations } = further.judge(schema, value);
  if (further === first) return violations;
  const known = new Set(first.judge(schema, value).violations.map(({ path }) => toParam(path)));
  return violations.filter(({ path }) => !known.has(toParam(path)));
}

function findReplySchema(document: OpenApiDocument, operationId: OperationId, mediaType: MediaType): Schema {
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      if (operation?.operationId !== operationId) continue;
      const reply: ResponseObject | undefined = operation.responses['200'];
      const schema = reply?.content?.[mediaType]?.schema;
      if (schema) return schema;
    }
  }
  throw new Error(`The contract has no ${mediaType} for ${operationId}.`);
}

function listEventTypes(document: OpenApiDocument): Set<string> {
  const members = document.components.schemas['ResponseStreamEvent']?.oneOf ?? [];
  const names = members.flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? []);
  return new Set(names.map((name) => `${at(document.components.schemas[name], 'properties.type.const')}`));
}

function throwFailure(violations: readonly Violation[], value: unknown): void {
  const found = violations.map((violation) => toFound(violation, value));
  const [first] = found;
  if (!first) return;
  throw new Failure(first.message, {
    ...(first.path === '' ? {} : { path: first.path }),
    violations: found.length > 1 ? found : [],
  });
}

/** Rewords a violation for the report. */
function toFound({ path: steps, code, message }: Violation, value: unknown): FoundViolation {
  const path = toParam(steps);
  if (code === 'missing_required_parameter') return { path, message: `${path} is missing` };
  if (path === '') return { path, message: `the body violates the contract: ${message}` };
  return { path, message: `${path} is ${show(at(value, path))}, which the contract does not allow` };
}

/** Words a broken SHOULD, the same for all elements of a list. */
function toNote({ path, code }: Violation): string {
  const place = toParam(path).replaceAll(/\[\d+\]/g, '[]');
  return code === 'missing_required_parameter'
    ? `${place} is missing`
    : `${place} is null or not as the contract describes`;
}
