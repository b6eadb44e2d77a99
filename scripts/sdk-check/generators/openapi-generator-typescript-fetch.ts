import type { Generator } from '../generator.ts';
import * as openapiGenerator from '../openapi-generator.ts';
import * as typescript from '../typescript.ts';

export const openapiGeneratorTypescriptFetch: Generator = {
  name: 'openapi-generator-typescript-fetch',
  language: 'TypeScript',
  version: openapiGenerator.version,
  form: 'generators',
  settings: 'none',
  streams: 'Leaves the body of `createResponseRaw` unread. Read each event with `ResponseStreamEventFromJSON`.',
  needs: [...openapiGenerator.needs, ...typescript.needs],
  install: [...openapiGenerator.install, ...typescript.install()],
  files: { ...typescript.files, 'config.json': '{}' },
  generate: openapiGenerator.generate('typescript-fetch'),
  compile: [...typescript.compile, typescript.bundle],
  run: typescript.run,
};
