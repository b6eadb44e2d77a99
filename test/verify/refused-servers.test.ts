/** A server where every audit would fail for one reason gets that reason once, and no audit. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { selectAudits } from '../../src/verify/catalogue.ts';
import type { VerifySettings } from '../../src/verify/find-target.ts';
import { UnreachableError } from '../../src/verify/probe.ts';
import { createReplyCheck } from '../../src/verify/reply-check.ts';
import { verify } from '../../src/verify/verify.ts';

const check = createReplyCheck(loadContract());
const audits = selectAudits(['models.list']);

interface Case {
  answer: RequestListener;
  settings?: Partial<VerifySettings>;
}

async function withServer<T>(answer: RequestListener, look: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  try {
    return await look(`http://127.0.0.1:${address.port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Returns the message, with URL in place of the server's URL. */
const lineFor = ({ answer, settings = {} }: Case): Promise<string> =>
  withServer(answer, (url) =>
    verify({ url: new URL(url), timeoutMs: 10_000, ...settings }, { audits, check }).then(
      () => assert.fail('it was audited'),
      (reason) => {
        assert.ok(reason instanceof UnreachableError, `${reason}`);
        return reason.message.replaceAll(url, 'URL');
      },
    ),
  );

const list = { object: 'list', data: [{ id: 'small', object: 'model', created: 1, owned_by: 'us' }] };
const toError = (message: string, code: string | null = null) => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});

const json =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const page =
  (status: number): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
  };

/** One answer for the list of models, another for everything else. */
const listing =
  (models: RequestListener, rest: RequestListener): RequestListener =>
  (request, response) =>
    (request.url === '/v1/models' ? models : rest)(request, response);

test('a server that requires a key', async () => {
  const locked = json(401, toError('No key.'));
  assert.equal(await lineFor({ answer: locked }), 'URL/v1 requires a key (401). Set --key.');
  assert.equal(await lineFor({ answer: locked, settings: { key: 'sk-x' } }), 'URL/v1 rejects the key of --key (401).');
  const answer = listing(json(200, list), json(403, toError('No.')));
  assert.equal(await lineFor({ answer }), 'URL/v1 requires a key (403). Set --key.', 'though it lists its models');
});

test('a rejected second key', async () => {
  const answer: RequestListener = (request, response) => {
    const isFirst = request.headers.authorization === 'Bearer one';
    json(isFirst ? 400 : 401, toError('No.'))(request, response);
  };
  const line = await lineFor({ answer, settings: { key: 'one', otherKey: 'two' } });
  assert.equal(line, 'URL/v1 rejects the key of --other-key (401).');
});

test('a server that redirects', async () => {
  const answer: RequestListener = (request, response) => {
    response.writeHead(308, { location: `https://models.example${request.url}` }).end();
  };
  const line = await lineFor({ answer });
  assert.equal(line, 'URL/v1 redirects (308). Use the target URL, https://models.example/v1.');
});

test('a web site', async () => {
  assert.equal(await lineFor({ answer: page(200) }), 'URL/v1 is a web page, not an API. Check the URL.');
  const nowhere = 'URL/v1 serves none of /models, /chat/completions and /responses. Check the URL.';
  assert.equal(await lineFor({ answer: page(404) }), nowhere);
  assert.equal(await lineFor({ answer: json(404, toError('No such path.')) }), nowhere);
});

test('a server that answers everything with an error', async () => {
  assert.equal(await lineFor({ answer: page(502) }), 'URL/v1 answers every request with 502.');
  const answer: RequestListener = (request, response) => {
    response.setHeader('retry-after', '20');
    json(429, toError('Slow down.'))(request, response);
  };
  assert.equal(await lineFor({ answer }), 'URL/v1 answers every request with 429, and with Retry-After: 20.');
});

test('an unknown model', async () => {
  const answer = listing(json(200, list), (request, response) => {
    const { authorization } = request.headers;
    json(404, toError(`No model for ${authorization}.`, 'model_not_found'))(request, response);
  });
  const line = await lineFor({ answer, settings: { model: 'large', key: 'sk-private' } });
  assert.equal(line, 'URL/v1 rejects the model "large" (404: No model for Bearer ***.). It lists small.');
});

test('partial refusals are left to the audits', async () => {
  const fine = json(200, {});
  const broken = json(500, toError('Oops.'));
  // Breaks at the invalid probe, and answers valid requests.
  const fragile =
    (status: number): RequestListener =>
    async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      (text.includes('"model"') ? fine : page(status))(request, response);
    };
  const servers: Record<string, RequestListener> = {
    'a list of models that the key may not read': listing(json(403, toError('No.')), fine),
    'no list of models': listing(page(404), fine),
    'a broken list of models': listing(broken, fine),
    'bad requests answered with 500': listing(json(200, list), broken),
    'only bad requests, all answered with 500': listing(page(404), fragile(500)),
    'only bad requests, all answered with 502': listing(page(404), fragile(502)),
    'bad requests answered with a page': listing(page(404), page(400)),
    'every request answered with 500': broken,
    'a refusal that is not about the model': listing(json(200, list), json(404, toError('No fixture matches.'))),
  };
  for (const [name, answer] of Object.entries(servers)) {
    await withServer(answer, async (url) => {
      const settings = { url: new URL(url), model: name.includes('not about') ? 'large' : 'small', timeoutMs: 10_000 };
      assert.equal((await verify(settings, { audits, check })).results.length, 1, name);
    });
  }
});

test('an unlisted model is requested', async () => {
  const asked: string[] = [];
  const answer: RequestListener = async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push(text);
    json(200, request.url === '/v1/models' ? list : {})(request, response);
  };
  await withServer(answer, async (url) => {
    const settings = { url: new URL(url), timeoutMs: 10_000 };
    await verify({ ...settings, model: 'small' }, { audits, check });
    assert.ok(!asked.some((text) => text.includes('"model"')), 'one that is listed is not');
    assert.equal((await verify({ ...settings, model: 'alias' }, { audits, check })).model, 'alias');
    assert.ok(asked.some((text) => text.includes('"model":"alias"')));
  });
});
