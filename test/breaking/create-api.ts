import type { ContractDocument } from '../../scripts/breaking/document.ts';

/** Creates a small contract with one of everything, untyped so that rows can change any part. */
// biome-ignore lint/suspicious/noExplicitAny: the rows access any part; a wrong path fails the row
type Loose = any;

export interface Api {
  document: ContractDocument;
  paths: Loose;
  schemas: Loose;
  create: Loose;
  list: Loose;
  Request: Loose;
  Effort: Loose;
  Input: Loose;
  Turn: Loose;
  Event: Loose;
}

export function createApi(): Api {
  const document = structuredClone(template);
  const { paths } = document;
  const { schemas } = document.components;
  const { post: create, get: list } = paths['/turns'];
  const { Request, Effort, Input, Turn, Event } = schemas;
  return { document, paths, schemas, create, list, Request, Effort, Input, Turn, Event };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const event = (tag: string) => ({
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string', const: tag }, turn: ref('Turn') },
});

const template: Loose = {
  info: { version: '1.0.0' },
  security: [{ key: [] }],
  paths: {
    '/turns': {
      'x-websocket': { clientMessage: ref('Frame'), serverMessage: ref('Event'), errorMessage: ref('Turn') },
      post: {
        operationId: 'createTurn',
        requestBody: { content: json('Request') },
        responses: {
          200: { headers: { 'X-Id': {} }, content: { ...json('Turn'), 'text/event-stream': { schema: ref('Event') } } },
          400: { $ref: '#/components/responses/Bad' },
        },
      },
      get: {
        operationId: 'listTurns',
        security: [],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: { 200: { content: json('Turn') } },
      },
    },
  },
  components: {
    responses: { Bad: { content: json('Turn') } },
    schemas: {
      Request: {
        type: 'object',
        required: ['input'],
        properties: {
          input: ref('Input'),
          model: { type: ['string', 'null'] },
          effort: { anyOf: [ref('Effort'), { type: 'null' }] },
          heat: { type: 'number', minimum: 0, default: 1 },
          count: { type: 'integer' },
          level: { ...ref('Effort'), default: 'high' },
        },
      },
      Frame: { allOf: [{ type: 'object', properties: { type: { const: 'create' } } }, ref('Request')] },
      Effort: { type: 'string', enum: ['low', 'high'] },
      Input: { anyOf: [{ type: 'string' }, ref('Message')] },
      Message: { type: 'object', properties: { type: { const: 'message' }, text: { type: 'string' } } },
      Turn: {
        type: 'object',
        required: ['id', 'status'],
        properties: {
          id: { type: 'string' },
          status: { type: 'string', enum: ['completed', 'failed'] },
          note: { type: ['string', 'null'] },
          items: { type: 'array', items: { type: 'string' } },
          tags: { type: 'object', additionalProperties: { type: 'string' } },
          parent: ref('Turn'),
        },
      },
      Event: { oneOf: [ref('Begun'), ref('Ended')] },
      Begun: event('turn.begun'),
      Ended: event('turn.ended'),
    },
  },
};
