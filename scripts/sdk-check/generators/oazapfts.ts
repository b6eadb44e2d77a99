import { command, type Generator } from '../generator.ts';
import { bundle, compile, files, install, needs, run } from '../typescript.ts';

const version = '7.5.0';

export const oazapfts: Generator = {
  name: 'oazapfts',
  language: 'TypeScript',
  version,
  form: 'plain',
  settings: '`--allSchemas`, for the types of the events',
  streams: 'Returns the text of the whole stream. Read it live with `fetch`, and each event as `ResponseStreamEvent`.',
  needs,
  install: install(`oazapfts@${version}`, `@oazapfts/runtime`),
  files,
  generate: [command('node_modules/.bin/oazapfts --allSchemas contract.json api.ts')],
  compile: [...compile, bundle],
  run,
};
