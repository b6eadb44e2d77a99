import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function openapi(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const words = [main, 'openapi', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

describe('talaria openapi', () => {
  test('prints each form as YAML and as JSON', () => {
    for (const [form, version] of [
      ['generators', '3.1.0'],
      ['3.0', '3.0.3'],
      ['3.2', '3.2.0'],
      ['generators,3.0', '3.0.3'],
    ] as const) {
      const yaml = openapi('--for', form);
      const json = openapi('--for', form, '--json');
      assert.deepEqual([yaml.code, yaml.stderr, json.code, json.stderr], [0, '', 0, ''], form);
      const document = JSON.parse(json.stdout);
      assert.equal(document.openapi, version);
      assert.deepEqual(parse(yaml.stdout), document);
    }
  });

  test('refuses a form that it does not know, and two versions at once', () => {
    assert.deepEqual(openapi('--for', 'swagger'), {
      code: 2,
      stdout: '',
      stderr: 'Unknown form "swagger" in --for. Expected one or more of: generators, 3.0, 3.2.\n',
    });
    assert.deepEqual(openapi('--for', '3.0,3.2'), {
      code: 2,
      stdout: '',
      stderr: '--for takes one version of OpenAPI: 3.0 or 3.2.\n',
    });
    assert.equal(openapi('--for').code, 2);
  });
});
