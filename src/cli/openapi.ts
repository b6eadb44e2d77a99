import { loadContract } from '../contract/load-contract.ts';
import type { Command } from './command.ts';
import { parseWords } from './parse-words.ts';

const help = `Usage: talaria openapi [OPTIONS]

Print the OpenAPI contract as YAML.

Options:
  --json       Print JSON
  -h, --help   Print this help
`;

export const openapi: Command = {
  async run(args) {
    const words = parseWords({ args, help, options: { json: { type: 'boolean', default: false } } });
    if (words === undefined) return 0;
    const { json, yaml } = loadContract();
    process.stdout.write(words.values.json ? json : yaml);
    return 0;
  },
};
