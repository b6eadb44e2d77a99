import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { knownVariables, readText, toMs, toStopMs } from './read-deployment.ts';

const settings = [...readText('deploy/talaria.service').matchAll(/^(\w+)=(.*)$/gm)].map(
  ([, name = '', value = '']) => ({
    name,
    value,
  }),
);
const valuesOf = (wanted: string): string[] => settings.flatMap(({ name, value }) => (name === wanted ? [value] : []));
const [environmentFile] = valuesOf('EnvironmentFile');
const [workingDirectory] = valuesOf('WorkingDirectory');
const variables = Object.fromEntries(valuesOf('Environment').map((pair) => pair.split('=', 2)));

describe('deploy/talaria.service', () => {
  test('starts the program of the package, which reloads at SIGHUP', () => {
    const { bin } = JSON.parse(readText('package.json'));
    const [program = '', command] = valuesOf('ExecStart')[0]?.split(' ') ?? [];
    assert.deepEqual([program.split('/').at(-1), command], [Object.keys(bin)[0], 'serve']);
    assert.deepEqual(valuesOf('ExecReload'), ['/bin/kill -HUP $MAINPID']);
  });

  test('sets variables that the server knows, and keeps the store in its state directory', () => {
    const ours = Object.keys(variables).filter((name) => !['NODE_ENV', 'PATH'].includes(name));
    assert.deepEqual(ours, ['STORE_URL']);
    assert.ok(ours.every((name) => knownVariables.has(name)));
    assert.equal(workingDirectory, `/var/lib/${valuesOf('StateDirectory')[0]}`);
    assert.equal(variables['STORE_URL'], `sqlite:${workingDirectory}/talaria.db`);
  });

  test('waits for a stopping server, and restarts a failed one', () => {
    assert.ok(toMs(valuesOf('TimeoutStopSec')[0] ?? '') > toStopMs(variables));
    assert.deepEqual([valuesOf('Restart'), valuesOf('KillMode')], [['on-failure'], ['mixed']]);
  });

  test('runs without privileges', () => {
    for (const [name, value] of [
      ['User', 'talaria'],
      ['ProtectSystem', 'strict'],
      ['NoNewPrivileges', 'yes'],
      ['CapabilityBoundingSet', ''],
    ] as const) {
      assert.deepEqual(valuesOf(name), [value], name);
    }
  });

  test('is installed as documented', () => {
    const page = readText('docs/operations.md');
    for (const part of [`# ${environmentFile}`, `--home-dir ${workingDirectory}`, '--prefix /opt/talaria']) {
      assert.ok(page.includes(part), part);
    }
  });
});
