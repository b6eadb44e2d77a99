import { command, type Generator } from '../generator.ts';

const version = 'v2.8.2';

export const oapiCodegen: Generator = {
  name: 'oapi-codegen',
  language: 'Go',
  version: version.slice(1),
  form: 'plain',
  settings: '`always-prefix-enum-values`, `skip-prune`',
  streams: 'Returns the open body of `CreateResponse`. Read an event with `ResponseStreamEvent.ValueByDiscriminator`.',
  needs: [command('go version')],
  install: [],
  files: {
    'go.mod': 'module talaria.test/check\n\ngo 1.24\n',
    'config.json': JSON.stringify({
      package: 'api',
      generate: { models: true, client: true },
      output: 'api/api.go',
      // Otherwise the parameters of webhooks are missing.
      'output-options': { 'skip-prune': true },
      // Values of different enums share names.
      compatibility: { 'always-prefix-enum-values': true },
    }),
    'api/.keep': '',
  },
  generate: [
    command(
      `go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@${version} -config config.json contract.json`,
    ),
    command('go mod tidy'),
  ],
  compile: [command('go vet ./...'), command('go build -o check .')],
  run: command('./check'),
};
