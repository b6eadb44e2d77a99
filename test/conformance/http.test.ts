import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useServer } from '../clients/agents-under-test.ts';
import { checkedFetch } from '../helpers/contract-check.ts';
import { post } from '../helpers/talaria.ts';

interface RawEvent {
  /** Field names in the order in which they were written. */
  fields: string[];
  event: string | undefined;
  data: string;
}

/** A stream as it is on the wire, cut at its empty lines. */
function parseBlocks(text: string): RawEvent[] {
  const blocks = text.split('\n\n').filter((block) => block && !block.startsWith(':'));
  return blocks.map((block) => {
    const lines = block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    });
    const valuesOf = (field: string) => lines.filter(([name]) => name === field).map(([, value]) => value);
    return { fields: lines.map(([name]) => name), event: valuesOf('event')[0], data: valuesOf('data').join('\n') };
  });
}

describe('Open Responses over HTTP', () => {
  const setup = useServer('offline agent', 'memory');
  const respond = (body: object) => post(`${setup.url}/v1/responses`, { model: 'any-name', ...body });
  const stream = async (input: string) => {
    const reply = await respond({ input, stream: true });
    return { reply, text: await reply.text() };
  };

  it('answers plainly with JSON alone, errors included (N1, N3, L11)', async () => {
    const replies = [
      await respond({ input: 'Hello' }),
      await respond({ input: '/status 429' }),
      await respond({}),
      await post(`${setup.url}/v1/responses`, '{'),
      await checkedFetch(`${setup.url}/v1/responses/resp_x`),
      await fetch(`${setup.url}/v1/nowhere`),
    ];
    for (const reply of replies) {
      assert.match(reply.headers.get('content-type') ?? '', /^application\/json(; charset=utf-8)?$/);
      assert.equal(typeof JSON.parse(await reply.text()), 'object');
    }
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 429, 400, 400, 404, 404],
    );
  });

  it('streams JSON objects as server-sent events, each named for its type, without ids (N4, N6, N7, L11)', async () => {
    const { reply, text } = await stream('/reason Hm.\n/say "one\\ntwo"\n/call look {}');
    assert.match(reply.headers.get('content-type') ?? '', /^text\/event-stream\b/);
    assert.doesNotMatch(text, /\r/);
    const events = parseBlocks(text).slice(0, -1);
    assert.ok(events.length > 15);
    for (const { fields, event, data } of events) {
      assert.deepEqual(fields, ['event', 'data']);
      assert.equal(JSON.parse(data).type, event);
    }
  });

  for (const [how, input] of [
    ['completed', '/say Hello'],
    ['incomplete', '/say one two\n/limit 1'],
    ['failed', '/say one two\n/break after 1'],
  ] as const) {
    it(`ends a stream whose response is ${how} with the event that says so, then [DONE] (N5, L1, L10)`, async () => {
      const { text } = await stream(input);
      const events = parseBlocks(text);
      assert.deepEqual(events.at(-1), { fields: ['data'], event: undefined, data: '[DONE]' });
      assert.ok(text.endsWith('data: [DONE]\n\n'));
      const last = events.at(-2);
      assert.equal(last?.event, `response.${how}`);
      assert.equal(JSON.parse(last?.data ?? '').response.status, how);
      const types = events.map(({ event }) => event);
      assert.deepEqual(types.slice(0, 2), ['response.created', 'response.in_progress']);
      assert.ok(!types.includes('error'), 'readers stop at an error event, and miss what follows');
    });
  }

  const errors: [status: number, type: string, code: string, input: object][] = [
    [400, 'invalid_request_error', 'missing_required_parameter', {}],
    [400, 'invalid_request_error', 'invalid_value', { input: 'Hello', temperature: 3 }],
    [404, 'invalid_request_error', 'previous_response_not_found', { input: 'Hello', previous_response_id: 'resp_x' }],
    [429, 'rate_limit_error', 'rate_limit_exceeded', { input: '/status 429' }],
    [502, 'server_error', 'upstream_error', { input: '/status 500' }],
  ];
  for (const [status, type, code, body] of errors) {
    it(`reports ${code} by its status, with type, code, param and message (L2, L8)`, async () => {
      const reply = await respond(body);
      const { error } = JSON.parse(await reply.text());
      assert.deepEqual([reply.status, error.type, error.code], [status, type, code]);
      assert.deepEqual(Object.keys(error).toSorted(), ['code', 'message', 'param', 'type']);
      assert.ok(error.message.length > 0);
    });
  }

  it('has one tier of service, which it documents, and reports whatever was asked (N51, N52)', async () => {
    for (const service_tier of ['auto', 'flex', 'priority', undefined]) {
      const response = JSON.parse(await (await respond({ input: 'Hello', service_tier })).text());
      assert.equal(response.service_tier, 'default');
    }
    const contract = await (await fetch(`${setup.url}/openapi.json`)).text();
    const { components } = JSON.parse(contract);
    const { description } = components.schemas.CreateResponseRequest.properties.service_tier;
    assert.match(description, /has only one; the response has `default`/);
  });
});
