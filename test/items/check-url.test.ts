import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { checkUrl } from '../../src/items/check-url.ts';

const web = ['https://a.example/b.png', 'http://127.0.0.1/b', 'HTTPS://A.EXAMPLE'];
const data = 'data:image/png;base64,AA==';
const others = ['file:///etc/passwd', '/etc/passwd', 'ftp://a.example', 'javascript:1', 'AA==', ' https://a.example'];

describe('the URL that an agent is given', () => {
  it('of an image is of the web, or holds the image', () => {
    for (const url of [...web, data]) checkUrl(url, 'image', 'p');
  });

  it('of a file is of the web: its data has a field of its own', () => {
    for (const url of web) checkUrl(url, 'file', 'p');
    assert.throws(() => checkUrl(data, 'file', 'p'), ApiError);
  });

  for (const url of others) {
    it(`is never ${JSON.stringify(url)}: the agent would read it on its own machine`, () => {
      for (const kind of ['image', 'file'] as const) {
        assert.throws(() => checkUrl(url, kind, 'p'), { code: 'invalid_value', status: 400, param: 'p' });
      }
    });
  }
});
