import type { OpenApiDocument } from './document.ts';
import { openUnion } from './open-union.ts';
import { visitMediaTypes, visitSchemas } from './visit-schemas.ts';

/**
 * Returns a copy for the validators, without keywords that would make them change or refuse a valid request. They would
 * write a schema's `default` into the body, and it would reach the upstream. Ajv refuses the `mapping` of a
 * `discriminator`, which the `const` of each tag replaces. Removes examples, which may look like schemas, and webhooks,
 * which other servers receive. Opens the unions whose other types pass. The schema of a stream is that of its events.
 */
export function prepareDocument(document: OpenApiDocument): OpenApiDocument {
  const { webhooks: _sent, ...received } = document;
  const copy = structuredClone(received);
  visitMediaTypes(copy, (media) => {
    delete media.example;
    delete media.examples;
    const { 'x-event-schema': event } = media;
    if (event) media.schema = event;
    delete media['x-event-schema'];
  });
  visitSchemas(copy, (schema) => {
    delete schema.default;
    delete schema.discriminator;
    delete schema.example;
    delete schema.examples;
    openUnion(schema, copy);
  });
  return copy;
}
