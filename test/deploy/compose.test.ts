import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { exists, knownVariables, readText, toMs, toStopMs } from './read-deployment.ts';

interface Service {
  image?: string;
  build?: string;
  environment?: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  networks: string[];
  depends_on?: object;
  stop_grace_period?: string;
}

const text = readText('compose.yaml');
const { services, volumes, networks } = parse(text);
const all: [string, Service][] = Object.entries(services);
const example = readText('deploy/example.env');
const references = [...text.matchAll(/\$\{(\w+)(:\?|:-)/g)].map(([, name = '', kind]) => ({ name, kind }));
const secrets = {
  POSTGRES_PASSWORD: 'p0',
  API_SERVER_KEY: 'k1',
  API_SERVER_OPERATOR_KEY: 'k2',
  GRAFANA_PASSWORD: 'p3',
};

/** Fills the references in a value, as compose does. */
const interpolate = (value: string, variables: Record<string, string>): string =>
  value.replace(/\$\{(\w+):[?-]([^}]*)\}/g, (_, name: string, standard: string) => variables[name] ?? standard);

const variablesOf = ({ environment = {} }: Service): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolate(`${value}`, secrets)]));
const talaria = variablesOf(services.talaria);

describe('compose.yaml', () => {
  test('sets variables that the server knows, to values that it accepts', () => {
    assert.deepEqual(
      Object.keys(talaria).filter((name) => !knownVariables.has(name)),
      [],
    );
    const { store, shutdownMs } = toConfig(readEnvironment({ ...talaria, API_SERVER_HOST: '0.0.0.0' }));
    assert.equal(store.kind, 'postgres');
    assert.equal(shutdownMs, Number(talaria['API_SERVER_SHUTDOWN_MS']));
  });

  test('needs each secret from .env, and the example has none', () => {
    const needed = new Set(references.filter(({ kind }) => kind === ':?').map(({ name }) => name));
    assert.deepEqual([...needed].sort(), Object.keys(secrets).sort());
    assert.deepEqual([...example.matchAll(/^(\w+)=$/gm)].map(([, name]) => name).sort(), [...needed].sort());
    assert.doesNotMatch(example, /^\w+=./m);
    for (const { name } of references) assert.match(example, new RegExp(`^#?${name}=`, 'm'));
    assert.match(readText('.gitignore'), /^\.env$/m);
  });

  test('publishes ports on loopback only, none of the database', () => {
    const published = all.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    assert.deepEqual(published, ['talaria 127.0.0.1:8642:8642', 'grafana 127.0.0.1:3000:3000']);
    assert.deepEqual(networks.back, { internal: true });
    for (const name of ['postgres', 'prometheus']) assert.deepEqual(services[name].networks, ['back']);
  });

  test('connects to the database that it creates', () => {
    const { username, password, hostname, pathname } = new URL(talaria['STORE_URL'] ?? '');
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = variablesOf(services.postgres);
    assert.deepEqual(
      [username, password, hostname, pathname],
      [POSTGRES_USER, POSTGRES_PASSWORD, 'postgres', `/${POSTGRES_DB}`],
    );
    assert.deepEqual(services.talaria.depends_on, { postgres: { condition: 'service_healthy' } });
  });

  test('pins images, and mounts volumes and files that exist', () => {
    for (const [name, service] of all) {
      if (service.build === undefined) assert.match(service.image ?? '', /:v?\d/, name);
      for (const mount of service.volumes ?? []) {
        const [source = ''] = mount.split(':');
        if (source.startsWith('./')) assert.ok(exists(source), mount);
        else assert.ok(source in volumes, mount);
      }
    }
    assert.ok(exists('Dockerfile'));
  });

  test('waits for a stopping server', () => {
    assert.ok(toMs(services.talaria.stop_grace_period) > toStopMs(talaria));
  });
});

describe('the monitoring of compose.yaml', () => {
  const mounts: string[] = services.grafana.volumes;
  const pathInContainer = (path: string): string | undefined =>
    mounts.map((mount) => mount.split(':')).find(([source]) => source === `./${path}`)?.[1];

  test('scrapes the port of the metrics', () => {
    const { scrape_configs } = parse(readText('deploy/prometheus.yml'));
    assert.deepEqual(scrape_configs[0].static_configs, [{ targets: [`talaria:${talaria['METRICS_PORT']}`] }]);
    assert.equal(talaria['METRICS_HOST'], '0.0.0.0');
    assert.ok(services.prometheus.volumes.includes('./deploy/prometheus.yml:/etc/prometheus/prometheus.yml:ro'));
  });

  test('shows the dashboard from the data of Prometheus', () => {
    const provisioning = 'deploy/grafana/provisioning';
    assert.equal(pathInContainer(provisioning), '/etc/grafana/provisioning');
    const { datasources } = parse(readText(join(provisioning, 'datasources/prometheus.yaml')));
    assert.deepEqual([datasources[0].type, datasources[0].url], ['prometheus', 'http://prometheus:9090']);
    const { providers } = parse(readText(join(provisioning, 'dashboards/talaria.yaml')));
    assert.equal(providers[0].options.path, pathInContainer('docs/grafana'));
    assert.equal(JSON.parse(readText('docs/grafana/talaria.json')).uid, 'talaria');
  });
});
