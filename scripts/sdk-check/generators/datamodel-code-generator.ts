import { command, type Generator } from '../generator.ts';

const version = '0.89.0';

export const datamodelCodeGenerator: Generator = {
  name: 'datamodel-code-generator',
  language: 'Python',
  version,
  form: 'plain',
  settings: 'none',
  streams: 'Generates models only. Read the stream with any HTTP client, and each event with `ResponseStreamEvent`.',
  needs: [command('python3 -m venv --help')],
  install: [
    command('python3 -m venv venv'),
    command(`venv/bin/pip install --quiet --disable-pip-version-check datamodel-code-generator==${version}`),
  ],
  generate: [command('venv/bin/datamodel-codegen --input contract.json --output models.py')],
  compile: [command('venv/bin/python -m compileall -q models.py check.py')],
  run: command('venv/bin/python check.py'),
};
