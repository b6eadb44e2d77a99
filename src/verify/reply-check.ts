import { createValueCheck } from '../contract/check-value.ts';
import type { OpenApiDocument, ResponseObject } from '../contract/document.ts';
import type { Contract } from '../contract/load-contract.ts';
import type { OperationId } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { Failure } from './outcomes.ts';
import { at, show } from './read-json.ts';
import { relaxContract } from './relax-contract.ts';

/** Checks what a server says against the contract. Each throws a Failure that names the place. */
export interface ReplyCheck {
  body(operationId: OperationId, value: unknown): void;
  event(operationId: OperationId, value: unknown): void;
  /** A frame of the WebSocket that is not an event of a stream. */
  schema(name: string, value: unknown): void;
  /** The `type`s that a stream of responses may have. */
  readonly eventTypes: ReadonlySet<string>;
}

/** Schemas are compiled at their first use; one check serves any number of runs. */
export function createReplyCheck(contract: Contract): ReplyCheck {
  const document = relaxContract(structuredClone(contract.document));
  const prepared = relaxContract(structuredClone(contract.prepared));
  const checks = new Map<string, (value: unknown) => void>();
  const check = (name: string, value: unknown, findSchema: () => object) => {
    let found = checks.get(name);
    if (!found) {
      found = createValueCheck({ document, prepared }, findSchema());
      checks.set(name, found);
    }
    try {
      found(value);
    } catch (reason) {
      throw toFailure(reason, value);
    }
  };
  const checkReply = (operationId: OperationId, mediaType: string, value: unknown) =>
    check(`${operationId} ${mediaType}`, value, () => findReplySchema(prepared, operationId, mediaType));
  return {
    body: (operationId, value) => checkReply(operationId, 'application/json', value),
    event: (operationId, value) => checkReply(operationId, 'text/event-stream', value),
    schema: (name, value) => check(name, value, () => ({ $ref: `#/components/schemas/${name}` })),
    eventTypes: listEventTypes(document),
  };
}

function findReplySchema(document: OpenApiDocument, operationId: OperationId, mediaType: string) {
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      if (operation?.operationId !== operationId) continue;
      const reply: ResponseObject | undefined = operation.responses['200'];
      const schema = reply?.content?.[mediaType]?.schema;
      if (schema) return schema;
    }
  }
  throw new Error(`The contract gives no ${mediaType} for ${operationId}.`);
}

function listEventTypes(document: OpenApiDocument): Set<string> {
  const members = document.components.schemas['ResponseStreamEvent']?.oneOf ?? [];
  const names = members.map(({ $ref }) => $ref?.split('/').at(-1) ?? '');
  return new Set(names.map((name) => `${at(document.components.schemas[name], 'properties.type.const')}`));
}

/** The words of a refused request, turned into those for a reply. */
function toFailure(reason: unknown, value: unknown): Failure {
  if (!(reason instanceof ApiError)) throw reason;
  const path = reason.param ?? '';
  if (path === '') return new Failure(`the body breaks the contract: ${reason.message}`);
  if (reason.code === 'missing_required_parameter') return new Failure(`${path} is missing`, { path });
  return new Failure(`${path} is ${show(at(value, path))}, which the contract doesn't allow`, { path });
}
