import { command, type Generator } from '../generator.ts';
import { bundle, compile, files, install, needs, run } from '../typescript.ts';

const version = '8.38.0';

export const orval: Generator = {
  name: 'orval',
  language: 'TypeScript',
  version,
  form: 'plain',
  settings: '`client=fetch`',
  streams: 'Returns the text of the whole stream. Read it live with `fetch`, and each event as `ResponseStreamEvent`.',
  needs,
  install: install(`orval@${version}`),
  files,
  generate: [command('node_modules/.bin/orval --input contract.json --output api.ts --client fetch')],
  compile: [...compile, bundle],
  run,
};
