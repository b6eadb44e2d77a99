export interface Command {
  program: string;
  arguments: string[];
  /** Additional environment variables. */
  env?: Record<string, string>;
}

/** The forms of the contract that `talaria openapi` prints. */
export type Form = 'plain' | 'generators' | 'generators,3.0' | '3.2';

/** How to generate and check the client of one generator. Commands run in sequence in the generator's folder. */
export interface Generator {
  /** The name of the row, of its folder in dist-sdk/ and of its folder in programs/. */
  name: string;
  language: string;
  version: string;
  /** The form of the contract that it reads, from `contract.json` in its folder. */
  form: Form;
  /** The settings that differ from the defaults and change what is generated, for docs/sdk.md. */
  settings: string;
  /** How the generator handles streams, for docs/sdk.md. */
  streams: string;
  /** Commands that must succeed. The first that fails is the reason to skip the generator. */
  needs: Command[];
  /** Fetches the generator, unless an earlier run did. */
  install: Command[];
  /** Writes further files by their path in the folder: settings, a package's manifest. */
  files?: Record<string, string>;
  generate: Command[];
  compile: Command[];
  /** Runs the program. The server's address is appended as the last argument. */
  run: Command;
}

/** Splits a command line at its spaces. */
export function command(line: string, env?: Record<string, string>): Command {
  const [program = '', ...rest] = line.split(' ');
  return { program, arguments: rest, ...(env ? { env } : {}) };
}
