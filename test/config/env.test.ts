import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironment } from '../../src/config/env.ts';

test('unrelated variables leave every setting unset', () => {
  const { agentSettings, network, otel, exporter, ...environment } = readEnvironment({
    PATH: '/bin',
    OPENAI_API_KEY: 'sk-other',
  });
  assert.deepEqual([agentSettings, network, otel, exporter], [{}, {}, {}, {}]);
  assert.ok(Object.keys(environment).length > 10);
  for (const value of Object.values(environment)) assert.equal(value, undefined);
});

test('values are raw text, trimmed', () => {
  const environment = readEnvironment({ API_SERVER_PORT: ' 80 \n', API_SERVER_KEY: '\tsk-1 ' });
  assert.equal(environment.port, '80');
  assert.equal(environment.key, 'sk-1');
});
