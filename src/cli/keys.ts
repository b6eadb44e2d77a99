import { readEnvironment } from '../config/env.ts';
import { defaultConfigFile } from '../config/file/config-file.ts';
import { isName, nameRule } from '../config/file/config-node.ts';
import { type KeyEntry, KeyFile, toKeysText } from '../config/file/key-file.ts';
import { createKey, hashKey } from '../config/hash-key.ts';
import { defaultTenant } from '../config/tenant-settings.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords, unexpectedWord } from './parse-words.ts';

const help = `Usage: talaria keys COMMAND [OPTIONS]

Manage the API keys in the configuration file.

Commands:
  create NAME   Create a key, print it once and store its hash
  list          List names, tenants and dates
  revoke NAME   Remove a key

Options:
  --tenant TENANT   Owner of a new key (default: default)
  --operator        Create a key of an operator: of the whole server, or with --tenant, of that tenant's approvals
  --print           Print the entry to standard error instead of storing it
  --file FILE       Configuration file (default: TALARIA_CONFIG, else talaria.yaml)
  -h, --help        Print this help

Standard output contains only the key: KEY=$(talaria keys create NAME)
Send SIGHUP to a running server to reload its keys.
`;

/** Enough of a hash to distinguish keys. */
const shownHashCharacters = 'sha256:'.length + 8;

export const keys: Command = {
  async run(args) {
    const options = {
      file: { type: 'string' },
      tenant: { type: 'string' },
      operator: { type: 'boolean' },
      print: { type: 'boolean' },
    } as const;
    const words = parseWords({ args, help, options, maxPositionals: 2 });
    if (words === undefined) return 0;
    const [action, name] = words.positionals;
    const { tenant, operator = false, print } = words.values;
    if (action !== 'create' && (tenant !== undefined || print || operator)) {
      throw new UsageError('--tenant, --operator and --print are options of create only.');
    }
    const file = words.values.file ?? readEnvironment().configFile ?? defaultConfigFile;
    switch (action) {
      case 'create':
        create(file, { name: toName(name), tenant, operator, print: print ?? false });
        return 0;
      case 'list':
        if (name !== undefined) throw unexpectedWord(name);
        list(file);
        return 0;
      case 'revoke':
        revoke(file, toName(name));
        return 0;
      default:
        throw new UsageError(
          `${action === undefined ? 'Missing command' : `Unknown command "${action}"`}: expected create, list or revoke.`,
        );
    }
  },
};

function toName(name: string | undefined): string {
  if (name === undefined) throw new UsageError('Missing NAME of the key. See talaria keys --help.');
  return name;
}

interface NewKey {
  name: string;
  /** Omitted: the default tenant, or for an operator, the whole server. */
  tenant: string | undefined;
  operator: boolean;
  print: boolean;
}

function create(file: string, { name, tenant, operator, print }: NewKey): void {
  for (const word of [name, tenant]) {
    if (word !== undefined && !isName(word)) throw new UsageError(`Invalid name "${word}": ${nameRule}.`);
  }
  const key = createKey();
  const added = new Date().toISOString().slice(0, 10);
  const owner = operator ? omitUndefined({ tenant, role: 'operator' as const }) : { tenant: tenant ?? defaultTenant };
  const entry: KeyEntry = { name, ...owner, hash: hashKey(key), added };
  if (print) {
    process.stderr.write(toKeysText([entry]));
  } else {
    KeyFile.change(file, (entries) => entries.add(entry));
    process.stderr.write(
      `Added key "${name}" ${describeOwner(entry)} to ${file}. Copy it now; it will not be shown again:\n`,
    );
  }
  process.stdout.write(`${key}\n`);
}

const describeOwner = ({ tenant, role }: KeyEntry): string => {
  if (role === undefined) return `of tenant ${tenant}`;
  return tenant === undefined ? 'of an operator' : `of an operator of tenant ${tenant}`;
};

function list(file: string): void {
  const entries = new KeyFile(file).list();
  if (entries.length === 0) {
    process.stderr.write(`No keys in ${file}.\n`);
    return;
  }
  const rows = entries.map(({ name, tenant, role, added, hash }) => [
    name,
    tenant ?? (role ? '' : defaultTenant),
    role ?? '',
    added ?? '',
    hash.slice(0, shownHashCharacters),
  ]);
  process.stdout.write(toTable([['NAME', 'TENANT', 'ROLE', 'ADDED', 'HASH'], ...rows]));
}

function revoke(file: string, name: string): void {
  KeyFile.change(file, (entries) => entries.remove(name));
  process.stderr.write(`Removed key "${name}" from ${file}.\n`);
}

function toTable(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const pad = (cell: string, column: number): string => cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
