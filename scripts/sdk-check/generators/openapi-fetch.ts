import { command, type Generator } from '../generator.ts';
import { bundle, compile, files, install, needs, run } from '../typescript.ts';

const version = '0.17.0';

export const openapiFetch: Generator = {
  name: 'openapi-fetch',
  language: 'TypeScript',
  version,
  form: 'generators',
  settings: 'none; the types come from `openapi-typescript` 7.13.0',
  streams: 'Returns the body with `parseAs: "stream"`. Read each event as `ResponseStreamEvent`.',
  needs,
  install: install(`openapi-fetch@${version}`, `openapi-typescript@7.13.0`),
  files,
  generate: [command('node_modules/.bin/openapi-typescript contract.json -o schema.ts')],
  compile: [...compile, bundle],
  run,
};
