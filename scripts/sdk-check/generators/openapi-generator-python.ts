import { command, type Generator } from '../generator.ts';
import { generate, install, needs, version } from '../openapi-generator.ts';

export const openapiGeneratorPython: Generator = {
  name: 'openapi-generator-python',
  language: 'Python',
  version,
  form: 'generators',
  settings: 'none',
  streams:
    'Parses the stream as JSON. Call `…_without_preload_content`, and read each event with `ResponseStreamEvent.from_json`.',
  needs: [...needs, command('python3 -m venv --help')],
  install: [...install, command('python3 -m venv venv')],
  files: { 'config.json': '{}' },
  generate: generate('python'),
  compile: [
    command('venv/bin/pip install --quiet --disable-pip-version-check ./client'),
    command('venv/bin/python -m compileall -q client check.py'),
  ],
  run: command('venv/bin/python check.py'),
};
