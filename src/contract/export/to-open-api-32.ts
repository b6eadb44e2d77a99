import type { OpenApiDocument } from '../document.ts';
import type { Schema } from '../schema.ts';
import { visitMediaTypes } from '../visit-schemas.ts';

/**
 * Converts a document to OpenAPI 3.2, which describes the events of a stream: `itemSchema` is one event of a
 * `text/event-stream`, its `data` the JSON of `x-event-schema`. Changes the document.
 */
export function toOpenApi32(document: OpenApiDocument): void {
  document.openapi = '3.2.0';
  visitMediaTypes(document, (media) => {
    const { 'x-event-schema': event } = media;
    if (!event) return;
    delete media.schema;
    delete media['x-event-schema'];
    media.itemSchema = toItemSchema(event);
  });
  for (const example of Object.values(document.components.examples ?? {})) {
    if (!('x-request' in example)) continue;
    // The text of a stream, not a list of events.
    example.serializedValue = example.value;
    delete example.value;
  }
}

const toItemSchema = (event: Schema): Schema => ({
  type: 'object',
  required: ['data'],
  properties: {
    event: { type: 'string', description: 'The `type` of the event. Chat Completions name none.' },
    data: {
      anyOf: [{ const: '[DONE]' }, { type: 'string', contentMediaType: 'application/json', contentSchema: event }],
    },
  },
});
