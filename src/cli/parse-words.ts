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
    // The parser's message is a sentence or more; the first says which word is off.
    throw new UsageError(reason instanceof Error ? (reason.message.split('. ', 1)[0] ?? '') : String(reason));
  }
}

const isHelp = (values: object): boolean => 'help' in values && values.help === true;
