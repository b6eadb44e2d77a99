import type { OpenApiDocument } from '../src/contract/document.ts';
import { passed, unsentEvents } from '../src/contract/sent-event.ts';

/** The operations that stream a response: live, and replayed. */
const ofResponses = ['createResponse', 'getResponse'];

/** Stream events of the contract that this server never sends, as `operationId type`, each with the reason. */
export const unsentFacts: Readonly<Record<string, string>> = Object.fromEntries(
  ofResponses.flatMap((operation) =>
    Object.entries(unsentEvents).map(([type, reason]) => [`${operation} ${type}`, reason]),
  ),
);

export interface ContractCoverage {
  /** Each operation with its observed statuses. */
  operations: Map<string, string[]>;
  /** Observed stream events, as `operationId type`. */
  events: string[];
  /** Operations and events of the contract that no test exercised. */
  missing: string[];
  /** Exemptions whose events were observed although they are not passed on, or that match nothing. */
  stale: string[];
}

interface CoverageOptions {
  facts: ReadonlySet<string>;
  unsent: Readonly<Record<string, string>>;
}

/** Compares the observations of the tests (`operation ID STATUS`, `event ID TYPE`) with the contract. */
export function measureCoverage(document: OpenApiDocument, { facts, unsent }: CoverageOptions): ContractCoverage {
  const operations = new Map(listOperationIds(document).map((id) => [id, statusesOf(id, facts)]));
  const known = listEvents(document);
  const exempt = Object.keys(unsent);
  const isSeen = (event: string) => facts.has(`event ${event}`);
  return {
    operations,
    events: known.filter(isSeen),
    missing: [
      ...[...operations].filter(([, statuses]) => statuses.length === 0).map(([id]) => `operation ${id}`),
      ...known
        .filter((event) => !isSeen(event) && !exempt.some((pattern) => matches(pattern, event)))
        .map((event) => `event ${event}`),
    ],
    stale: exempt.filter((pattern) => {
      const matching = known.filter((event) => matches(pattern, event));
      return matching.length === 0 || (unsent[pattern] !== passed && matching.some(isSeen));
    }),
  };
}

/** Whether a pattern of the exemption list, with `*` for any ending, matches an event. */
export function matches(pattern: string, event: string): boolean {
  return pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : event === pattern;
}

function statusesOf(operationId: string, facts: ReadonlySet<string>): string[] {
  const prefix = `operation ${operationId} `;
  return [...facts]
    .filter((fact) => fact.startsWith(prefix))
    .map((fact) => fact.slice(prefix.length))
    .sort();
}

function listEntries(document: OpenApiDocument) {
  return Object.values(document.paths)
    .flatMap((item) => [item.get, item.post, item.delete])
    .filter((operation) => operation !== undefined);
}

function listOperationIds(document: OpenApiDocument): string[] {
  return listEntries(document).map((operation) => operation.operationId);
}

/** Its stream is that of `getResponse`, read by the same code. */
const sameStream = 'getAnyResponse';

/** Lists every stream event, as `operationId type`. Chunks of chat are named by `object`, bare errors `error`. */
function listEvents(document: OpenApiDocument): string[] {
  return listEntries(document).flatMap((operation) => {
    if (operation.operationId === sameStream) return [];
    const schema = operation.responses['200']?.content?.['text/event-stream']?.['x-event-schema'];
    return schema ? leavesOf(document, schema).map((leaf) => `${operation.operationId} ${nameOf(leaf)}`) : [];
  });
}

interface SchemaNode {
  $ref?: string;
  oneOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  properties?: Record<string, { const?: unknown }>;
}

function leavesOf(document: OpenApiDocument, schema: SchemaNode): SchemaNode[] {
  if (schema.$ref !== undefined) {
    const target = document.components.schemas[schema.$ref.slice('#/components/schemas/'.length)];
    if (!target) throw new Error(`${schema.$ref} is not in the contract.`);
    return leavesOf(document, target);
  }
  const branches = schema.oneOf ?? schema.anyOf;
  return branches ? branches.flatMap((branch) => leavesOf(document, branch)) : [schema];
}

function nameOf({ properties }: SchemaNode): string {
  const name = properties?.['type']?.const ?? properties?.['object']?.const ?? 'error';
  return String(name);
}
