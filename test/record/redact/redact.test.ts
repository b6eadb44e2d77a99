import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Redactor } from '../../../src/record/redact/redact.ts';
import { redactBody, redactStream } from '../../../src/record/redact/redact-stream.ts';
import { redactedMark as mark } from '../../../src/recording/recording.ts';

const redactor = new Redactor();

describe('headers that are redacted', () => {
  const names = [
    ...['Authorization', 'proxy-authorization', 'Cookie', 'Set-Cookie', 'X-API-Key', 'api-key', 'x-goog-api-key'],
    ...['Ocp-Apim-Subscription-Key', 'X-Auth-Token', 'x-amz-security-token', 'X-Access-Token', 'x-auth'],
    ...['x-client-secret', 'X-Signature', 'x-password'],
  ];
  for (const name of names) {
    test(name, () => assert.deepEqual(redactor.headers([name, 'anything']), [[name, mark]]));
  }
});

describe('headers that are kept', () => {
  const names = [
    ...['Content-Type', 'User-Agent', 'session-id', 'x-session-id', 'x-request-id', 'openai-beta', 'Idempotency-Key'],
    ...['x-ratelimit-remaining-tokens', 'x-stainless-lang', 'sec-websocket-key', 'x-codex-turn-state'],
  ];
  for (const name of names) {
    test(name, () => assert.deepEqual(redactor.headers([name, 'a value']), [[name, 'a value']]));
  }
});

describe('queries', () => {
  const gone = [
    'key',
    'api_key',
    'api-key',
    'apikey',
    'apiKey',
    'access_token',
    'token',
    'sig',
    'signature',
    'password',
  ];
  for (const name of gone) {
    test(`${name} is redacted`, () => {
      assert.equal(redactor.path(`/v1/models?a=1&${name}=x&b=2`), `/v1/models?a=1&${name}=${mark}&b=2`);
    });
  }
  test('other parameters are kept unchanged', () => {
    const path = '/v1/responses?stream=true&after=msg_1&include%5B%5D=a&empty=&flag';
    assert.equal(redactor.path(path), path);
  });
  test('a percent-encoded name is recognized', () => {
    assert.equal(redactor.path('/x?api%5Fkey=abc'), `/x?api%5Fkey=${mark}`);
  });
});

describe('fields of bodies', () => {
  const gone = [
    ...[
      'api_key',
      'apiKey',
      'openai_api_key',
      'OPENAI_API_KEY',
      'authorization',
      'Authorization',
      'password',
      'passwd',
    ],
    ...[
      'secret',
      'client_secret',
      'clientSecret',
      'access_token',
      'accessToken',
      'refresh_token',
      'token',
      'private_key',
    ],
    ...['aws_secret_access_key', 'passphrase', 'credentials', 'Cookie'],
  ];
  for (const name of gone) {
    test(`${name} is redacted`, () =>
      assert.deepEqual(redactor.value({ a: [{ [name]: 'x' }] }), { a: [{ [name]: mark }] }));
  }

  test('fields with similar names are kept', () => {
    const body = {
      max_output_tokens: 5,
      input_tokens: 7,
      prompt_cache_key: 'cache-1',
      encrypted_content: 'sealed',
      logprobs: [{ token: 'Hello', logprob: -1, top_logprobs: [{ token: 'Hi', logprob: -2 }] }],
    };
    assert.deepEqual(redactor.value(body), body);
  });

  test('the schema of a password parameter is kept', () => {
    const schema = {
      properties: { password: { type: 'string', description: 'The password' } },
      required: ['password'],
    };
    assert.deepEqual(redactor.value(schema), schema);
  });

  test('the headers of an MCP server are redacted', () => {
    const tool = {
      type: 'mcp',
      server_url: 'https://u:pw@mcp.example/x',
      headers: { Authorization: 'Token t', 'X-Y': '1' },
    };
    assert.deepEqual(redactor.value(tool), {
      ...tool,
      server_url: `https://${mark}@mcp.example/x`,
      headers: { Authorization: mark, 'X-Y': '1' },
    });
  });
});

describe('texts', () => {
  const secrets: [name: string, before: string, secret: string, after: string][] = [
    ['an OpenAI key', 'my key is ', 'sk-proj-abcDEF123_456', ', use it'],
    ['a short test key', 'key ', 'sk-test', '.'],
    ['a key of ours', 'key ', 'tlr_0123456789abcdef', '.'],
    ['a bearer token', 'send Bearer ', 'abc.def-123', ' with it'],
    ['basic credentials', 'Authorization: Basic ', 'dXNlcjpwYXNzd29yZA==', ''],
    ['a GitHub token', '', 'ghp_0123456789abcdefABCDEF0123456789abcd', ''],
    ['a Slack token', '"', 'xoxb-1234567890-abcdef', '"'],
    ['an AWS key id', 'id ', 'AKIAIOSFODNN7EXAMPLE', ''],
    ['a Google key', '', 'AIzaSyA0123456789abcdefghijklmnopqrstuv', ''],
    ['a Hugging Face token', '', 'hf_abcdefghijklmnopqrstuv', ''],
    ['a JSON Web Token', '', 'eyJhbGciOi.eyJzdWIiOiIx.SflKxwRJSM-_', ''],
    ['a private key', '', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '\nbye'],
    ['a URL with a password', 'postgres://', 'admin:hunter2', '@db.example/x'],
    ['a URL with a key', 'see https://a.example/x?api_key=', 'abc123', '&b=1'],
    ['a line of an env file', 'OPENAI_API_KEY=', 'abcd1234', '\nA=1'],
    ['JSON in a text', '{"password":"', 'hunter2', '"}'],
    ['JSON in JSON in a text', '{\\"apiKey\\": \\"', 'hunter2', '\\"}'],
    ['a header in a text', "curl -H 'x-api-key: ", 'abcdefgh1', "'"],
  ];
  for (const [name, before, secret, after] of secrets) {
    test(name, () => assert.equal(redactor.text(before + secret + after), before + mark + after));
  }

  const prose = [
    'The bearer of good news; basic understanding of tokens, keys and the authorization of users.',
    'risk-averse, task-based, ask-me-anything, disk-image',
    'password: it must have 8 characters',
    'max_tokens=5 and "token": 7',
    'https://example.org/a@b?x=1',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA',
  ];
  for (const text of prose) test(`stays: ${text}`, () => assert.equal(redactor.text(text), text));

  test('redacting twice equals redacting once', () => {
    const once = redactor.text('{"api_key":"sk-12345678"} Bearer abc12345 https://a:b@c/');
    assert.equal(redactor.text(once), once);
  });

  test('values of key headers, except for placeholder words', () => {
    const own = new Redactor();
    own.learnFrom([
      'Authorization',
      'Bearer quiet-lemon-tree',
      'X-Api-Key',
      'abcd1234',
      'Content-Type',
      'application/json',
    ]);
    assert.equal(own.text('No quiet-lemon-tree, no abcd1234.'), `No ${mark}, no ${mark}.`);
    own.learnFrom(['authorization', 'Bearer none', 'api-key', 'unused']);
    assert.equal(own.text('none unused application/json'), 'none unused application/json');
  });
  test('patterns of the user, also one that matches the empty string', () => {
    const own = new Redactor([/Project \w+/dgu, /x*/dgu]);
    assert.equal(own.text('Project Phoenix is secret'), `${mark} is secret`);
  });

  test('takes linear time for megabytes of any text', () => {
    for (const unit of ['a', 'sk', 'a.', '"', '\\', 'key=', 'https://', 'aB9/+', ' ', 'Bearer ']) {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const began = performance.now();
      redactor.text(text);
      assert.ok(performance.now() - began < 5000, `${JSON.stringify(unit)}: ${performance.now() - began} ms`);
    }
  });
});

describe('streams', () => {
  const toReads = (list: unknown[]) => list.map((json, ms) => ({ ms, events: [{ json }] }));
  const texts = (list: unknown[]) => JSON.stringify(redactStream(toReads(list), redactor));

  test('a secret in pieces: chunks of Chat Completions, two choices at a time', () => {
    const chunk = (index: number, content: string) => ({
      choices: [{ index, delta: { content }, logprobs: { content: [{ token: content, logprob: -1 }] } }],
    });
    const pieces = [
      chunk(0, 'key s'),
      chunk(1, 'no'),
      chunk(0, 'k-ab'),
      chunk(1, 'thing'),
      chunk(0, 'cd1234'),
      chunk(0, ' ok'),
    ];
    const clean = redactStream(toReads(pieces), new Redactor());
    const said = clean.flatMap(({ events }) => events.map(({ json }) => Object(json).choices[0].delta.content));
    assert.deepEqual(said, [`key ${mark}`, 'no', '', 'thing', '', ' ok']);
    assert.doesNotMatch(JSON.stringify(clean), /k-ab|cd1234/, 'log probabilities spell it out once more');
  });

  test('a secret in pieces: arguments of a tool call', () => {
    const delta = (text: string) => ({
      choices: [{ index: 0, delta: { tool_calls: [{ index: 1, function: { arguments: text } }] } }],
    });
    assert.doesNotMatch(texts([delta('{"password":"hun'), delta('ter'), delta('2"}')]), /hun|ter|2\\"/);
  });

  test('a secret in pieces: events of a response, and whole at the end', () => {
    const delta = (text: string, item_id = 'msg_1') => ({
      type: 'response.output_text.delta',
      item_id,
      content_index: 0,
      delta: text,
    });
    const events = [
      delta('sk-abc'),
      delta('other', 'msg_2'),
      delta('def123'),
      { type: 'response.output_text.done', text: 'sk-abcdef123' },
    ];
    const clean = texts(events);
    assert.doesNotMatch(clean, /abc|def123/);
    assert.match(clean, /other/);
  });

  test('redacts a copy, and leaves the events unchanged', () => {
    const reads = toReads([{ delta: 'sk-abcdef' }, { delta: 'ghi' }]);
    redactStream(reads, redactor);
    assert.deepEqual(reads, toReads([{ delta: 'sk-abcdef' }, { delta: 'ghi' }]));
  });

  test('log probabilities are kept if nothing was redacted', () => {
    const body = { choices: [{ message: { content: 'Hi' }, logprobs: { content: [{ token: 'Hi', logprob: -1 }] } }] };
    assert.deepEqual(redactBody(body, new Redactor()), body);
    const found = redactBody({ ...body, note: 'sk-abcdef' }, new Redactor());
    assert.deepEqual(Object(found).choices[0].logprobs, null);
  });
});
