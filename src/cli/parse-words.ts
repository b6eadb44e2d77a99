import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command.ts';

interface WordsConfig<Options extends ParseArgsOptionsConfig> {
  args: readonly string[];
  /** Printed for `--help`. */
  help: string;
  options: Options;
  /** How many words without a dash there may be; 0 when absent. */
  maxPositionals?: number;
}

/** The options and words of a command; `undefined` when it was asked for its help, which is printed then. */
export function parseWords<const Options extends ParseArgsOptionsConfig>(config: WordsConfig<Options>) {
  const { values, positionals } = parse(config);
  if (isHelp(values)) {
    process.stdout.write(config.help);
    return undefined;
  }
  const surplus = positionals[config.maxPositionals ?? 0];
  if (surplus !== undefined) throw new UsageError(`There is no place for "${surplus}" here: see --help.`);
  return { values, positionals };
}

function parse<Options extends ParseArgsOptionsConfig>({ args, options }: WordsConfig<Options>) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (reason) {
    // The parser's message may have several sentences on a line, of which the first says which word is off.
    const lines = (reason instanceof Error ? reason.message : `${reason}`).split('\n');
    throw new UsageError(lines.map((line) => line.split('. ', 1)[0]).join(' '));
  }
}

const isHelp = (values: object): boolean => 'help' in values && values.help === true;
