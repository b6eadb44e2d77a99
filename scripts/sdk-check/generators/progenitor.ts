import { command, type Generator } from '../generator.ts';

const version = '0.15.1';

const build = { CARGO_TARGET_DIR: '../cargo-target' };

export const progenitor: Generator = {
  name: 'progenitor',
  language: 'Rust',
  version,
  form: 'generators,3.0',
  settings: 'none',
  streams: 'Fails on the stream. Read it with `reqwest`, and each event as `ResponseStreamEvent`.',
  needs: [command('cargo --version')],
  install: [command(`cargo install --quiet --locked --debug --root . cargo-progenitor@${version}`, build)],
  generate: [
    command(
      'bin/cargo-progenitor progenitor --input contract.json --output client --name talaria-client --version 0.1.0',
    ),
  ],
  compile: [command('cargo build --quiet', build)],
  run: command('../cargo-target/debug/progenitor-check'),
};
