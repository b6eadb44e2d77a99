import { command, type Generator } from '../generator.ts';

const version = '0.29.1';

export const openapiPythonClient: Generator = {
  name: 'openapi-python-client',
  language: 'Python',
  version,
  form: 'plain',
  settings: 'none',
  streams: 'Parses the stream as JSON. Read it with the client’s `httpx`, and each event with `from_dict`.',
  needs: [command('python3 -m venv --help')],
  install: [
    command('python3 -m venv venv'),
    command(`venv/bin/pip install --quiet --disable-pip-version-check openapi-python-client==${version}`),
  ],
  generate: [
    command(
      'venv/bin/openapi-python-client generate --path contract.json --meta none --overwrite --output-path talaria_client',
    ),
  ],
  compile: [command('venv/bin/python -m compileall -q talaria_client check.py')],
  run: command('venv/bin/python check.py'),
};
