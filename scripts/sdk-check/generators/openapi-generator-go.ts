import { command, type Generator } from '../generator.ts';
import { generate, install, needs, version } from '../openapi-generator.ts';

export const openapiGeneratorGo: Generator = {
  name: 'openapi-generator-go',
  language: 'Go',
  version,
  form: 'generators',
  settings: '`enumClassPrefix`, `useOneOfDiscriminatorLookup`',
  streams: 'Fails on the stream. Read it with `net/http`, and each event as `ResponseStreamEvent`.',
  needs: [...needs, command('go version')],
  install,
  files: {
    'config.json': JSON.stringify({
      enumClassPrefix: true,
      useOneOfDiscriminatorLookup: true,
      gitHost: 'talaria.test',
      gitUserId: 'check',
      gitRepoId: 'client',
      packageName: 'api',
    }),
    'go.mod': 'module talaria.test/check\n\ngo 1.24\n\nreplace talaria.test/check/client => ./client\n',
  },
  generate: [...generate('go'), command('go mod tidy')],
  compile: [command('go vet .'), command('go build -o check .')],
  run: command('./check'),
};
