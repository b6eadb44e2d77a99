import { command, type Generator } from '../generator.ts';
import { bundle, compile, files, install, needs, run } from '../typescript.ts';

const version = '0.99.0';

export const heyApi: Generator = {
  name: 'hey-api',
  language: 'TypeScript',
  version,
  form: 'plain',
  settings: 'none',
  streams:
    'Ignores the stream of an operation that also replies with JSON. Its `client.sse.post` reads it, with `ResponseStreamEvent` as the type.',
  needs,
  install: install(`@hey-api/openapi-ts@${version}`),
  files,
  generate: [command('node_modules/.bin/openapi-ts -i contract.json -o client')],
  compile: [...compile, bundle],
  run,
};
