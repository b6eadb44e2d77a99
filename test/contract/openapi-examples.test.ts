import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { misspeltKeyword } from '../../src/contract/misspelt-keyword.ts';
import { errorTable } from '../../src/errors/error-table.ts';

type Node = Record<string, unknown>;
/** A value in the document together with the JSON pointer that leads to it. */
interface Place {
  pointer: string;
  node: Node;
}

// The document as it is served, with the recorded examples.
const document: Node = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'));
const methods = ['get', 'put', 'post', 'patch', 'delete'];

// Strict: a keyword that JSON Schema doesn't know, such as a misspelt one, fails to compile.
const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true });
const extensions = ['x-known-values', 'x-enumDescriptions', 'x-open'];
ajv.addVocabulary([...Object.keys(document), 'example', 'discriminator', ...extensions]);
ajv.addKeyword(misspeltKeyword);
ajv.addSchema({ ...document, $id: 'contract' });

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const escapeStep = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The child at `key`, followed through its `$ref`. Undefined when there is none. */
function child({ pointer, node }: Place, key: string): Place | undefined {
  const value = node[key];
  if (!isNode(value)) return undefined;
  const reference = value['$ref'];
  return typeof reference === 'string' ? at(reference) : { pointer: `${pointer}/${escapeStep(key)}`, node: value };
}

function at(pointer: string): Place {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Place>((place, step) => child(place, step) ?? assert.fail(`nothing at ${pointer}`), {
    pointer: '#',
    node: document,
  });
}

const children = (place: Place | undefined): [string, Place][] =>
  Object.keys(place?.node ?? {}).flatMap((key) => {
    const found = place && child(place, key);
    return found ? [[key, found] as [string, Place]] : [];
  });

/** The `example` and `examples` of a media type, parameter or header. */
function examplesOf(place: Place): [string, unknown][] {
  const named = children(child(place, 'examples')).map(([name, { node }]): [string, unknown] => [name, node['value']]);
  return 'example' in place.node ? [...named, ['example', place.node['example']]] : named;
}

function assertValid(schemaPointer: string, value: unknown, what: string): void {
  const validate = ajv.getSchema(`contract${schemaPointer}`) ?? assert.fail(`no schema at ${schemaPointer}`);
  assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
}

function assertExamples(place: Place, what: string): void {
  const examples = examplesOf(place);
  assert.ok(examples.length > 0, `${what} has no example`);
  for (const [name, value] of examples) assertValid(`${place.pointer}/schema`, value, `${what}, ${name}`);
}

function readEvents(transcript: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  parser.feed(`${transcript}\n`);
  return events;
}

const operations = children(at('#/paths')).flatMap(([, path]) =>
  children(path).filter(([method]) => methods.includes(method)),
);

describe('the examples of the contract', () => {
  for (const [, operation] of operations) {
    const id = String(operation.node['operationId']);
    const request = child(operation, 'requestBody');
    const responses = children(child(operation, 'responses'));

    if (request) {
      test(`${id} has requests to copy, all valid`, () => {
        for (const [type, media] of children(child(request, 'content'))) assertExamples(media, `${id} ${type}`);
      });
    }

    test(`${id} shows each of its replies, all valid`, () => {
      assert.ok(responses.some(([status]) => status === '200'));
      for (const [status, response] of responses) {
        const contents = children(child(response, 'content'));
        assert.ok(contents.length > 0, `${id} ${status} has no content`);
        for (const [type, media] of contents) assertExamples(media, `${id} ${status} ${type}`);
      }
    });

    const streams = responses.flatMap(([, response]) =>
      children(child(response, 'content')).filter(([type]) => type === 'text/event-stream'),
    );
    for (const [, media] of streams) {
      test(`${id} shows whole streams, every event valid and in its place`, () => {
        const transcripts = children(child(media, 'examples'));
        assert.ok(transcripts.length > 0);
        for (const [name, { node }] of transcripts) assertTranscript(media, node, `${id} ${name}`);
      });
    }
  }

  test('the frames of the WebSocket mode are schemas of the contract, those of its own with examples', () => {
    const path = child(at('#/paths'), '/v1/responses') ?? assert.fail('there is no /v1/responses');
    const frames = child(path, 'x-websocket') ?? assert.fail('there is no x-websocket');
    for (const name of ['clientMessage', 'errorMessage']) {
      const frame = child(frames, name) ?? assert.fail(`there is no ${name}`);
      assert.ok(assertSchemaExamples(frame).length > 0, `${name} has no example`);
    }
    assert.equal(child(frames, 'serverMessage')?.pointer, '#/components/schemas/WebSocketServerMessage');
  });

  test('the contract lists every error code, in the order of the table, and describes it', () => {
    const { node } = at('#/components/schemas/ErrorDetail/properties/code/x-known-values');
    assert.deepEqual(node['enum'], Object.keys(errorTable));
    const descriptions: Record<string, unknown> = isNode(node['x-enumDescriptions']) ? node['x-enumDescriptions'] : {};
    assert.deepEqual(Object.keys(descriptions), node['enum']);
    for (const [code, text] of Object.entries(descriptions)) assert.match(String(text), /^[A-Z].*\.\n?$/s, code);
  });

  test('every parameter and header has an example, all valid', () => {
    const places = [...children(at('#/components/parameters')), ...children(at('#/components/headers'))];
    assert.ok(places.length > 0);
    for (const [name, place] of places) assertExamples(place, name);
  });

  test('every schema compiles, and the examples within it are values of it', () => {
    const examined = children(at('#/components/schemas')).flatMap(([, schema]) => assertSchemaExamples(schema));
    assert.ok(examined.length > 0);
  });
});

/** The rules of a stream: named events whose name is their type, numbered without a gap; `[DONE]` or an error last. */
function assertTranscript(media: Place, { value: transcript, 'x-request': request }: Node, what: string): void {
  const events = readEvents(String(transcript));
  const path = isNode(request) ? String(request['path']) : assert.fail(`${what} has no request`);
  const start = Number(/starting_after=(\d+)/.exec(path)?.[1] ?? -1) + 1;
  const last = events.pop();
  assert.ok(last, `${what} is empty`);
  for (const [index, { event, data }] of [...events, ...(last.data === '[DONE]' ? [] : [last])].entries()) {
    const value: Node = JSON.parse(data);
    assertValid(`${media.pointer}/x-event-schema`, value, `${what}, event ${index}`);
    assert.equal(event, value['type'], what);
    if (event !== undefined) assert.equal(value['sequence_number'], start + index, what);
  }
  if (last.data !== '[DONE]')
    assert.ok('error' in JSON.parse(last.data), `${what} ends in neither [DONE] nor an error`);
}

/** Compiles a schema and those within it, and returns every example it has checked. */
function assertSchemaExamples({ pointer, node }: Place): unknown[] {
  assert.ok(ajv.getSchema(`contract${pointer}`), pointer);
  const examples: unknown[] = Array.isArray(node['examples']) ? node['examples'] : [];
  for (const value of examples) assertValid(pointer, value, pointer);
  const properties = Object.entries(isNode(node['properties']) ? node['properties'] : {});
  const inner = properties.flatMap(([name, value]) => {
    const place = { pointer: `${pointer}/properties/${escapeStep(name)}`, node: isNode(value) ? value : {} };
    return '$ref' in place.node ? [] : assertSchemaExamples(place);
  });
  return [...examples, ...inner];
}
