import { statSync } from 'node:fs';
import { loadConfig } from '../config/load-config.ts';
import { backUpStore } from '../store/back-up-store.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';

const help = `Usage: talaria backup FILE [OPTIONS]

Write a consistent copy of the SQLite store to a new file. Servers may use the store meanwhile.
For PostgreSQL, use pg_dump. The copy doesn't include talaria.yaml.

Options:
  -h, --help   Print this help

Environment:
  STORE_URL        The store to copy: sqlite:FILE (default: sqlite:talaria.db)
  TALARIA_CONFIG   Configuration file, which must be valid if it exists (default: talaria.yaml)

To restore, stop the server, remove the store's -wal and -shm files, and replace its file by the copy.
`;

export const backup: Command = {
  async run(args) {
    const words = parseWords({ args, help, options: {}, maxPositionals: 1 });
    if (words === undefined) return 0;
    const [file] = words.positionals;
    if (file === undefined) throw new UsageError('Missing FILE of the copy. See talaria backup --help.');
    await backUpStore(loadConfig().store, file);
    process.stdout.write(`Wrote ${file} (${statSync(file).size} bytes)\n`);
    return 0;
  },
};
