import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareContracts } from '../../scripts/breaking/compare-contracts.ts';
import { type Api, createApi } from './create-api.ts';

/** A change of the contract in `createApi` and the expected reports: none if it breaks no client. */
type Row = [name: string, change: (api: Api) => void, ...found: RegExp[]];

const operations: Row[] = [
  ['nothing', () => {}],
  ['a new operation', (api) => (api.paths['/new'] = api.paths['/turns'])],
  ['an operation removed', (api) => delete api.paths['/turns'].get, /^listTurns was removed/],
  ['a path renamed', ({ paths }) => rename(paths, '/turns', '/t'), /create/, /list/],
  ['another operationId', ({ create }) => (create.operationId = 'makeTurn'), /^createTurn is named makeTurn now/],
  ['a key needed', ({ list }) => delete list.security, /^listTurns needs a key now/],
  ['a key no longer needed', ({ create }) => (create.security = [])],
  ['another status', ({ create }) => rename(create.responses, '200', '201'), /no longer answers 200/, /may answer 201/],
  ['a new error', ({ create }) => (create.responses['409'] = create.responses['400'])],
  ['an error gone', ({ create }) => delete create.responses['400'], /^createTurn no longer answers 400/],
  ['a header gone', ({ create }) => delete create.responses['200'].headers['X-Id'], /no header X-Id any more/],
  [
    'a stream gone',
    ({ create }) => delete create.responses['200'].content['text/event-stream'],
    /no longer text\/event/,
  ],
  ['a new parameter', ({ list }) => list.parameters.push({ name: 'after', in: 'query' })],
  [
    'a parameter needed',
    ({ list }) => list.parameters.push({ name: 'a', in: 'query', required: true }),
    /a \(query\) now/,
  ],
  ['a parameter gone', ({ list }) => list.parameters.pop(), /no parameter limit \(query\)/],
  ['a parameter narrowed', ({ list }) => (list.parameters[0].schema.maximum = 50), /maximum is 50 now/],
  ['a body needed', ({ create }) => (create.requestBody.required = true), /^createTurn needs a body now/],
];

const requests: Row[] = [
  ['a new field', ({ Request }) => (Request.properties.seed = { type: 'integer' })],
  ['a new field that is needed', ({ Request }) => Request.required.push('model'), /^Request.model is required now/],
  ['a field no longer needed', ({ Request }) => (Request.required = [])],
  ['a field gone', ({ Request }) => delete Request.properties.model, /^Request.model was removed/],
  ['a type gone', ({ Request }) => (Request.properties.model.type = 'string'), /^Request.model no longer null/],
  ['a type more', ({ Request }) => (Request.properties.model.type = ['string', 'null', 'integer'])],
  [
    'an integer for a number',
    ({ Request }) => (Request.properties.heat.type = 'integer'),
    /heat no longer of type number/,
  ],
  ['a number for an integer', ({ Request }) => (Request.properties.count.type = 'number')],
  ['a value gone', ({ Effort }) => Effort.enum.pop(), /^Effort no longer has the value high \(request\)/],
  ['a value more', ({ Effort }) => Effort.enum.push('max')],
  ['a list of values', ({ Request }) => (Request.properties.count.enum = [1]), /count takes only 1 now/],
  [
    'a default beside a reference',
    ({ Request }) => (Request.properties.level.default = 'low'),
    /level has another default/,
  ],
  ['a tighter bound', ({ Request }) => (Request.properties.heat.minimum = 1), /heat minimum is 1 now/],
  ['a looser bound', ({ Request }) => delete Request.properties.heat.minimum],
  ['a pattern', ({ Request }) => (Request.properties.model.pattern = 'a'), /has another pattern now/],
  ['another default', ({ Request }) => (Request.properties.heat.default = 2), /has another default now/],
  ['a closed object', ({ Request }) => (Request.additionalProperties = false), /^Request{} takes less now/],
  ['a member of a union gone', ({ Input }) => Input.anyOf.pop(), /^Input no longer Message \(object type=message\)/],
  ['a member of a union more', ({ Input }) => Input.anyOf.push({ type: 'array' })],
];

const replies: Row[] = [
  ['a new field', ({ Turn }) => (Turn.properties.seed = { type: 'integer' })],
  ['a field gone', ({ Turn }) => delete Turn.properties.id, /^Turn.id was removed \(reply\)$/],
  ['a field that may be missing', ({ Turn }) => Turn.required.pop(), /^Turn.status may be missing now/],
  ['a field always there', ({ Turn }) => Turn.required.push('note')],
  ['a type more', ({ Turn }) => (Turn.properties.id.type = ['string', 'null']), /^Turn.id may be null now/],
  ['a type less', ({ Turn }) => (Turn.properties.note.type = 'string')],
  ['another type', ({ Turn }) => (Turn.properties.id.type = 'integer'), /^Turn.id may be of type integer now/],
  ['a value gone', ({ Turn }) => Turn.properties.status.enum.pop(), /^Turn.status no longer has the value failed/],
  ['a value more', ({ Turn }) => Turn.properties.status.enum.push('queued')],
  ['any value', ({ Turn }) => delete Turn.properties.status.enum, /^Turn.status may have any value now/],
  ['an event gone', ({ Event }) => Event.oneOf.pop(), /^Event no longer Ended \(object type=turn.ended\)/],
  ['an event more', ({ schemas, Event }) => Event.oneOf.push(add(schemas, 'Odd', tagged('turn.odd')))],
  ['an event renamed', ({ schemas }) => (schemas.Ended.properties.type.const = 'turn.end'), /no longer Ended/],
  ['a field of an event gone', ({ schemas }) => delete schemas.Ended.properties.turn, /^Ended.turn was removed/],
  ['a bound', ({ Turn }) => (Turn.properties.id.maxLength = 5)],
  ['a map of anything', ({ Turn }) => (Turn.properties.tags.additionalProperties = true), /tags{} may be anything now/],
  [
    'entries of another kind',
    ({ Turn }) => (Turn.properties.items.items.type = 'number'),
    /items\[\] may be of type num/,
  ],
];

const names: Row[] = [
  ['a new schema', ({ schemas }) => (schemas.New = { type: 'string' })],
  ['a description', ({ Turn }) => (Turn.description = 'Other words.')],
  ['other examples', ({ Turn }) => (Turn.examples = [{}])],
  [
    'a list of values that gets a name',
    ({ Turn: { properties }, schemas }) => (properties.status = add(schemas, 'Status', properties.status)),
  ],
  [
    'null beside a reference',
    ({ Request }) => (Request.properties.effort = { oneOf: [{ type: 'null' }, ref('Effort')] }),
  ],
  [
    'a schema renamed',
    ({ schemas, Request }) => {
      rename(schemas, 'Effort', 'Zeal');
      Request.properties.effort.anyOf[0] = ref('Zeal');
      Object.assign(Request.properties.level, ref('Zeal'));
    },
    /^Effort was removed or renamed/,
  ],
  [
    'a frame narrowed',
    ({ paths }) => (paths['/turns']['x-websocket'].clientMessage = ref('Turn')),
    /^Frame no longer Frame/,
  ],
  ['no WebSocket', ({ paths }) => delete paths['/turns']['x-websocket'], /has no WebSocket any more/],
];

for (const [kind, rows] of Object.entries({ operations, requests, replies, names })) {
  describe(`changes of ${kind}`, () => {
    for (const [name, change, ...found] of rows) {
      test(`${name}: ${found.length > 0 ? 'breaks' : 'breaks no client'}`, () => {
        const api = createApi();
        change(api);
        const changes = compareContracts(createApi().document, api.document);
        if (found.length === 0) assert.deepEqual(changes, []);
        for (const pattern of found)
          assert.ok(
            changes.some((text) => pattern.test(text)),
            `${pattern} in ${changes}`,
          );
      });
    }
  });
}

test('a change in a shared schema is reported once', () => {
  const api = createApi();
  delete api.Turn.properties.id;
  assert.deepEqual(compareContracts(createApi().document, api.document), ['Turn.id was removed (reply)']);
});

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function add(schemas: Record<string, unknown>, name: string, schema: unknown) {
  schemas[name] = schema;
  return ref(name);
}

function tagged(tag: string) {
  return { type: 'object', properties: { type: { const: tag } } };
}

function rename(object: Record<string, unknown>, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}
