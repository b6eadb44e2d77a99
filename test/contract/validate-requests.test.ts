import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { envelope, send } from '../http/send.ts';

describe('the query of GET /v1/responses/{response_id}', () => {
  let server: TestServer;
  let url: string;
  before(async () => {
    server = await startTalaria();
    const { id } = await server.openai.responses.create({ model: 'offline', input: 'Hi' });
    url = `${server.url}/v1/responses/${id}`;
  });
  after(() => server[Symbol.asyncDispose]());

  for (const query of [
    'stream=false',
    'starting_after=5',
    'include_obfuscation=false',
    'include=reasoning.encrypted_content',
    'include=reasoning.encrypted_content&include=message.output_text.logprobs',
    'include[]=reasoning.encrypted_content',
    'unknown=1',
  ]) {
    test(`${query} is accepted`, async () => assert.equal((await send(`${url}?${query}`)).status, 200));
  }

  const refused: [query: string, param: string, complaint: string][] = [
    ['stream=maybe', 'stream', 'must be boolean'],
    ['stream=true&stream=false', 'stream', 'must be boolean'],
    ['starting_after=abc', 'starting_after', 'must be integer'],
    ['starting_after=1.5', 'starting_after', 'must be integer'],
    ['starting_after=1,5', 'starting_after', 'must be integer'],
    ['stream=a/b?c', 'stream', 'must be boolean'],
  ];
  for (const [query, param, complaint] of refused) {
    test(`${query} is a 400 that names ${param}`, async () => {
      const reply = await send(`${url}?${query}`);
      assert.equal(reply.status, 400);
      assert.deepEqual(reply.json, envelope('invalid_value', `Invalid '${param}': ${complaint}.`, param));
    });
  }

  test('an unknown include has no effect', async () => {
    const reply = await send(`${url}?include=reasoning.encrypted_content&include=everything`);
    assert.equal(reply.status, 200, reply.text);
  });

  test('the SDK reads a response with the options it has', async () => {
    const id = url.split('/').at(-1) ?? '';
    const response = await server.openai.responses.retrieve(id, { include: ['reasoning.encrypted_content'] });
    assert.equal(response.id, id);
  });
});
