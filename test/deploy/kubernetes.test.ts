import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { knownVariables, readText, toStopMs } from './read-deployment.ts';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

const text = readText('deploy/kubernetes.yaml');
const documents = parseAllDocuments(text, { strict: true }).map((document) => {
  assert.deepEqual(document.errors, []);
  return document.toJS();
});
const [deployment, service, budget] = documents;
const pod = deployment.spec.template.spec;
const [container] = pod.containers;
const variables: Variable[] = container.env;
const plain = Object.fromEntries(variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

describe('deploy/kubernetes.yaml', () => {
  test('is a deployment, a service and a disruption budget of the same pods', () => {
    assert.deepEqual(
      documents.map(({ kind }) => kind),
      ['Deployment', 'Service', 'PodDisruptionBudget'],
    );
    const { labels } = deployment.spec.template.metadata;
    for (const selector of [
      deployment.spec.selector.matchLabels,
      service.spec.selector,
      budget.spec.selector.matchLabels,
      pod.topologySpreadConstraints[0].labelSelector.matchLabels,
    ]) {
      assert.deepEqual(selector, labels);
    }
    assert.ok(deployment.spec.replicas > budget.spec.minAvailable, 'a node can be drained');
  });

  test('sets variables that the server knows, to values that it accepts', () => {
    assert.deepEqual(
      variables.filter(({ name }) => !knownVariables.has(name)),
      [],
    );
    const secret = { STORE_URL: 'postgres://u:p@db/talaria', API_SERVER_KEY: 'a', API_SERVER_OPERATOR_KEY: 'b' };
    const referred = variables.flatMap(({ name, valueFrom }) => (valueFrom ? [name] : []));
    assert.deepEqual(referred.sort(), Object.keys(secret).sort());
    assert.ok(toConfig(readEnvironment({ ...plain, ...secret, API_SERVER_HOST: '0.0.0.0' })));
  });

  test('explains how to create each key of its secret', () => {
    const [, created] = /create secret generic (\w+)/.exec(text) ?? [];
    for (const { valueFrom } of variables) {
      if (!valueFrom) continue;
      assert.equal(valueFrom.secretKeyRef.name, created);
      assert.ok(text.includes(`--from-literal=${valueFrom.secretKeyRef.key}=`), valueFrom.secretKeyRef.key);
    }
  });

  test('probes paths of the contract on ports of the container', () => {
    const { paths } = parse(readText('openapi.yaml'));
    const portOf = (name: string) =>
      container.ports.find((port: { name: string }) => port.name === name)?.containerPort;
    const expected = { startupProbe: '/health', readinessProbe: '/ready', livenessProbe: '/health' };
    for (const [probe, path] of Object.entries(expected)) {
      assert.deepEqual(container[probe].httpGet, { path, port: 'http' });
      assert.ok(path in paths);
    }
    assert.equal(portOf('http'), 8642);
    assert.equal(portOf('metrics'), Number(plain['METRICS_PORT']));
    assert.equal(service.spec.ports[0].targetPort, 'http');
  });

  test('waits for a stopping server', () => {
    const [program, seconds] = container.lifecycle.preStop.exec.command;
    assert.equal(program, 'sleep');
    assert.ok(pod.terminationGracePeriodSeconds * 1000 > Number(seconds) * 1000 + toStopMs(plain));
  });

  test('runs without privileges', () => {
    assert.equal(pod.securityContext.runAsNonRoot, true);
    assert.equal(pod.automountServiceAccountToken, false);
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
