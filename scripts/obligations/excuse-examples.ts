import { isObject } from '../../src/json/is-object.ts';
import type { PublishedExample } from '../../test/verify/openai-examples/read-examples.ts';
import type { PublishedReplies, PublishedSchema } from './published.ts';
import { fits, flatten } from './shapes.ts';

/** Required fields that published examples omit, by schema, each with the objects that omit it. */
export type Excuses = Map<PublishedSchema, { field: string; by: Record<string, unknown> }[]>;

/** Collects the required fields that examples omit: a server that sends an example is innocent. */
export function collectExcuses(replies: PublishedReplies, examples: readonly PublishedExample[]): Excuses {
  const excuses: Excuses = new Map();
  const excuse = (part: PublishedSchema, fields: readonly string[], by: Record<string, unknown>): void => {
    excuses.set(part, [...(excuses.get(part) ?? []), ...fields.map((field) => ({ field, by }))]);
  };
  const visit = (schemas: readonly PublishedSchema[], value: unknown): void => {
    const { objects, elements } = flatten(schemas, replies.schemas);
    if (Array.isArray(value)) for (const entry of value) visit(elements, entry);
    if (!isObject(value)) return;
    for (const { parts, properties } of objects.filter((shape) => fits(shape, value, replies.schemas))) {
      for (const part of parts) excuse(part, omittedIn(value, part), value);
      for (const [name, children] of properties) if (name in value) visit(children, value[name]);
    }
  };
  for (const { reply, value } of examples) {
    const root = replies.roots[reply];
    if (!root) continue;
    visit([root], value);
    if (!reply.endsWith(' text/event-stream') || !isObject(value)) continue;
    // A field that all events of a stream require, but an example omits, is optional in every event.
    const all = flatten([root], replies.schemas).objects;
    for (const { parts } of all) {
      for (const part of parts) {
        const shared = omittedIn(value, part).filter((name) => all.every(({ required }) => required.has(name)));
        excuse(part, shared, {});
      }
    }
  }
  return excuses;
}

const omittedIn = (value: Record<string, unknown>, { required = [] }: PublishedSchema): string[] =>
  required.filter((name) => !(name in value));
