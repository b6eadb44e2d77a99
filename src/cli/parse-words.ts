import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command.ts';

interface WordsConfig<Options extends ParseArgsOptionsConfig> {
  args: readonly string[];
  /** Printed for `--help`. */
  help: string;
  options: Options;
  /** Maximum number of positional words; 0 by default. */
  maxPositionals?: number;
}

/** Parses the options and words of a command. For `--help` prints the help and returns `undefined`. Throws a UsageError. */
export function parseWords<const Options extends ParseArgsOptionsConfig>(config: WordsConfig<Options>) {
  const { values, positionals } = parse(config);
  if (isHelp(values)) {
    process.stdout.write(config.help);
    return undefined;
  }
  const surplus = positionals[config.maxPositionals ?? 0];
  if (surplus !== undefined) throw unexpectedWord(surplus);
  return { values, positionals };
}

export const unexpectedWord = (word: string): UsageError =>
  new UsageError(`Unexpected argument "${word}". See --help.`);

function parse<Options extends ParseArgsOptionsConfig>({ args, options }: WordsConfig<Options>) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (reason) {
    // A line of the parser's message may have several sentences; the first names the invalid word.
    const lines = (reason instanceof Error ? reason.message : `${reason}`).split('\n');
    throw new UsageError(lines.map((line) => line.split('. ', 1)[0]).join(' '));
  }
}

const isHelp = (values: object): boolean => 'help' in values && values.help === true;
