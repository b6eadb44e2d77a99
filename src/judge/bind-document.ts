import type { OpenApiDocument } from '../contract/document.ts';
import type { Schema } from '../contract/schema.ts';
import { visitSchemas } from '../contract/visit-schemas.ts';
import type { Obligation, Obligations, Source } from './obligations.ts';

/** The public contract that binds a server. */
export type Binding = Source | 'both';
export const bindings: readonly Binding[] = ['openai', 'open-responses', 'both'];

/** A broken MUST is a violation, a broken SHOULD a note. */
export type BindingLevel = 'must' | 'should';

/**
 * Returns a copy of our document that demands of a reply only what the public contract demands, not our own promises.
 * Under `must`, it also accepts null for every optional field, and the omissions of the contract's own examples.
 */
export function bindDocument(
  document: OpenApiDocument,
  obligations: Obligations,
  { binding, level }: { binding: Binding; level: BindingLevel },
): OpenApiDocument {
  const copy = structuredClone(document);
  for (const [name, schema] of Object.entries(copy.components.schemas)) {
    const binds = obligationsOf(name, obligations, binding);
    if (binds.length > 0) bindSchema(schema, binds, level);
  }
  if (level === 'must') visitSchemas(copy, acceptNulls);
  return copy;
}

/** Returns what binds a schema. One that the contract does not describe is bound by the other contract. */
function obligationsOf(name: string, obligations: Obligations, binding: Binding): Obligation[] {
  const { openai, 'open-responses': openResponses } = obligations;
  const first = binding === 'open-responses' ? openResponses[name] : openai[name];
  const second = binding === 'open-responses' ? openai[name] : openResponses[name];
  const all = [first, second].filter((one) => one !== undefined);
  return binding === 'both' ? all : all.slice(0, 1);
}

function bindSchema(schema: Schema, binds: readonly Obligation[], level: BindingLevel): void {
  const isRequired = (field: string) =>
    binds.some(({ required, excused }) => required.includes(field) || (level === 'should' && excused.includes(field)));
  if (schema.required) schema.required = schema.required.filter(isRequired);
  for (const [field, child] of Object.entries(schema.properties ?? {})) {
    if (!schema.properties) continue;
    if (binds.every(({ wider }) => field in wider)) schema.properties[field] = toWider(binds, field);
    else if (binds.every(({ nullable }) => nullable.includes(field))) schema.properties[field] = orNull(child);
  }
}

/** Returns a schema of the types that the binding contracts accept. */
function toWider(binds: readonly Obligation[], field: string): Schema {
  const types = binds.map(({ wider }) => wider[field] ?? []).find((accepted) => accepted.length > 0);
  return types ? { type: types } : {};
}

function acceptNulls(schema: Schema): void {
  for (const [field, child] of Object.entries(schema.properties ?? {})) {
    if (schema.properties && !schema.required?.includes(field)) schema.properties[field] = orNull(child);
  }
}

const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
