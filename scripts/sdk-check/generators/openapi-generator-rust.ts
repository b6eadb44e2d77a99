import { command, type Generator } from '../generator.ts';
import { generate, install, needs, version } from '../openapi-generator.ts';

const build = { CARGO_TARGET_DIR: '../cargo-target' };

export const openapiGeneratorRust: Generator = {
  name: 'openapi-generator-rust',
  language: 'Rust',
  version,
  form: 'generators',
  settings:
    'a corrected `model.mustache`: the generator’s own requires the `type` of a union’s member twice ([#22018](https://github.com/OpenAPITools/openapi-generator/issues/22018))',
  streams: 'Fails on the stream. Read it with the client’s `reqwest`, and each event as `ResponseStreamEvent`.',
  needs: [...needs, command('cargo --version')],
  install: [
    ...install,
    command(`java -jar generator/openapi-generator-cli-${version}.jar author template -g rust -o templates`),
    // A constant that is missing has its only value.
    {
      program: 'sed',
      arguments: [
        '-i.old',
        's/serde(rename = "{{{baseName}}}"{{^required}}{{#isNullable}}/serde(rename = "{{{baseName}}}"{{#required}}{{#isEnum}}, default{{\\/isEnum}}{{\\/required}}{{^required}}{{#isNullable}}/',
        'templates/model.mustache',
      ],
    },
  ],
  files: { 'config.json': JSON.stringify({ templateDir: 'templates' }) },
  generate: generate('rust'),
  compile: [command('cargo build --quiet', build)],
  run: command('../cargo-target/debug/openapi-generator-rust-check'),
};
