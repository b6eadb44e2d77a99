import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readEnvironment } from '../../src/config/env.ts';

const read = (variables: Record<string, string>) => toConfig(readEnvironment(variables)).telemetry;
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' };

describe('the configuration of telemetry', () => {
  test('is off without an endpoint and a port', () => {
    assert.deepEqual(read({ OTEL_SERVICE_NAME: 'x', METRICS_HOST: '0.0.0.0' }), {
      metrics: undefined,
      traces: undefined,
    });
  });

  test('reads the variables of OpenTelemetry', () => {
    const settings = {
      ...endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20sk-1, x = y=z ',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x=traces',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=ignored,deployment.environment.name=test',
      OTEL_SERVICE_NAME: 'mine',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'True',
    };
    assert.deepEqual(read(settings).traces, {
      url: 'http://127.0.0.1:4318/v1/traces',
      headers: { authorization: 'Bearer sk-1', x: 'traces' },
      resource: { 'service.name': 'mine', 'deployment.environment.name': 'test' },
      sampler: 'traceidratio',
      ratio: 0.25,
      capturesContent: true,
    });
    const own = { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.test/own' };
    assert.equal(read(own).traces?.url, 'https://collector.test/own');
  });

  test('sends no traces if the SDK is disabled', () => {
    assert.equal(read({ ...endpoint, OTEL_SDK_DISABLED: 'true' }).traces, undefined);
    assert.ok(read({ ...endpoint, OTEL_SDK_DISABLED: 'false', OTEL_BSP_SCHEDULE_DELAY: '0' }).traces);
  });

  test('names what is invalid, without showing headers', () => {
    const invalid: [Record<string, string>, RegExp][] = [
      [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317' }, /^OTEL_EXPORTER_OTLP_ENDPOINT is invalid: expected an http/],
      [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /PROTOCOL=grpc is not supported: expected http\/protobuf/],
      [
        { ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'sk-secret' },
        /^OTEL_EXPORTER_OTLP_HEADERS is invalid: (?!.*secret)/,
      ],
      [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'a=%E0%A4%A' }, /^OTEL_EXPORTER_OTLP_HEADERS is invalid/],
      [
        { ...endpoint, OTEL_TRACES_SAMPLER: 'jaeger_remote' },
        /SAMPLER=jaeger_remote is invalid: expected one of always_on/,
      ],
      [{ ...endpoint, OTEL_TRACES_SAMPLER_ARG: '2' }, /SAMPLER_ARG=2 is invalid: expected a number from 0 to 1/],
      [{ ...endpoint, OTEL_SDK_DISABLED: 'maybe' }, /^OTEL_SDK_DISABLED=maybe is invalid: expected 1 or 0/],
      [
        { ...endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: 'abc' },
        /^OTEL_EXPORTER_OTLP_TIMEOUT=abc is invalid: expected an int/,
      ],
      [{ ...endpoint, OTEL_BSP_SCHEDULE_DELAY: 'abc' }, /^OTEL_BSP_SCHEDULE_DELAY=abc is invalid: expected an integer/],
      [{ ...endpoint, OTEL_EXPORTER_OTLP_COMPRESSION: 'br' }, /COMPRESSION=br is invalid: expected gzip or none/],
      [{ METRICS_PORT: '70000' }, /METRICS_PORT/],
    ];
    for (const [variables, message] of invalid) {
      assert.throws(
        () => read(variables),
        (error) => error instanceof ConfigError && message.test(error.message),
        JSON.stringify(variables),
      );
    }
  });
});
