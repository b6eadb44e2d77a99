import { readEnvironment } from '../config/env.ts';
import { defaultConfigFile } from '../config/file/config-file.ts';
import { isName, nameCharacters } from '../config/file/config-node.ts';
import { type KeyEntry, KeyFile, toKeysText } from '../config/file/key-file.ts';
import { createKey, hashKey } from '../config/hash-key.ts';
import { defaultTenant } from '../config/tenant-settings.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';

const help = `talaria keys: makes, lists and revokes the keys that clients send

  talaria keys create NAME [--tenant TENANT]   prints a new key, once, and keeps its hash in the file
  talaria keys create NAME --print             prints the entry on standard error, and leaves the file alone
  talaria keys list                            names, tenants and dates
  talaria keys revoke NAME                     takes the key out of the file

  --file FILE   the file; else that of TALARIA_CONFIG, else talaria.yaml

  Standard output has nothing but the key: KEY=$(talaria keys create NAME)
  A running server takes changed keys up when it gets SIGHUP.
`;

/** Of a hash, enough to tell keys apart, and of no use to anyone else. */
const shownHashCharacters = 'sha256:'.length + 8;

export const keys: Command = {
  async run(args) {
    const options = { file: { type: 'string' }, tenant: { type: 'string' }, print: { type: 'boolean' } } as const;
    const words = parseWords({ args, help, options, maxPositionals: 2 });
    if (words === undefined) return 0;
    const [action, name] = words.positionals;
    const { tenant, print } = words.values;
    if (action !== 'create' && (tenant !== undefined || print)) {
      throw new UsageError('--tenant and --print go with create.');
    }
    const file = words.values.file ?? readEnvironment().configFile ?? defaultConfigFile;
    switch (action) {
      case 'create':
        create(file, { name: toName(name), tenant: tenant ?? defaultTenant, print: print ?? false });
        return 0;
      case 'list':
        if (name !== undefined) throw new UsageError(`There is no place for "${name}" here: see --help.`);
        list(file);
        return 0;
      case 'revoke':
        revoke(file, toName(name));
        return 0;
      default:
        throw new UsageError('Say what to do: create, list or revoke. See talaria keys --help.');
    }
  },
};

function toName(name: string | undefined): string {
  if (name === undefined) throw new UsageError('Say the name of the key: see talaria keys --help.');
  return name;
}

function create(file: string, { name, tenant, print }: { name: string; tenant: string; print: boolean }): void {
  for (const word of [name, tenant]) {
    if (!isName(word)) throw new UsageError(`"${word}" is no name: one is made of ${nameCharacters}.`);
  }
  const key = createKey();
  const entry: KeyEntry = { name, tenant, hash: hashKey(key), added: new Date().toISOString().slice(0, 10) };
  if (print) {
    process.stderr.write(toKeysText([entry]));
  } else {
    KeyFile.change(file, (entries) => entries.add(entry));
    process.stderr.write(`The key "${name}" of tenant ${tenant} is in ${file}. It is shown this once:\n`);
  }
  process.stdout.write(`${key}\n`);
}

function list(file: string): void {
  const entries = new KeyFile(file).list();
  if (entries.length === 0) {
    process.stderr.write(`There are no keys in ${file}.\n`);
    return;
  }
  const rows = entries.map(({ name, tenant, added, hash }) => [
    name,
    tenant,
    added ?? '',
    hash.slice(0, shownHashCharacters),
  ]);
  process.stdout.write(toTable([['NAME', 'TENANT', 'ADDED', 'HASH'], ...rows]));
}

function revoke(file: string, name: string): void {
  KeyFile.change(file, (entries) => entries.remove(name));
  process.stderr.write(`The key "${name}" is no longer in ${file}.\n`);
}

function toTable(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const pad = (cell: string, column: number): string => cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
