import { command, type Generator } from '../generator.ts';

const version = 'v1.25.0';

export const ogen: Generator = {
  name: 'ogen',
  language: 'Go',
  version: version.slice(1),
  form: 'generators',
  settings:
    '`features`: `paths/client` only; `ignore_not_implemented: ["complex anyOf"]`, which omits 8 operations: `compactResponse`, `createConversation` and those that list or return items',
  streams: 'Refuses the stream, and doesn’t generate the types of events. Read it with `net/http`.',
  needs: [command('go version')],
  install: [],
  files: {
    'go.mod': 'module talaria.test/check\n\ngo 1.26\n',
    'ogen.yml': JSON.stringify({
      generator: {
        ignore_not_implemented: ['complex anyOf'],
        features: { enable: ['paths/client'], disable_all: true },
      },
    }),
  },
  generate: [
    command(
      `go run github.com/ogen-go/ogen/cmd/ogen@${version} --config ogen.yml --target api --package api --clean contract.json`,
    ),
    command('go mod tidy'),
  ],
  compile: [command('go vet .'), command('go build -o check .')],
  run: command('./check'),
};
