import { type Document, isMap, isSeq, stringify, type YAMLMap, YAMLSeq } from 'yaml';
import { ConfigError } from '../config-error.ts';
import { defaultTenant } from '../tenant-settings.ts';
import { insertEntry, isSameDocument, removeEntry } from './edit-keys.ts';
import { parseYaml } from './parse-yaml.ts';
import { readFileText } from './read-file-text.ts';
import { replaceFile } from './replace-file.ts';
import { LockError, withLock } from './with-lock.ts';

/** An entry of the list `keys`. */
export interface KeyEntry {
  name: string;
  /** Omitted: the default tenant, or for an operator, the whole server. */
  tenant?: string | undefined;
  role?: 'operator' | undefined;
  hash: string;
  /** ISO 8601 date. */
  added: string | undefined;
}

/** Private: the file may later contain an upstream's secret. */
const newFileMode = 0o600;

/** Returns entries as the YAML of a configuration file. */
export const toKeysText = (entries: KeyEntry[]): string => stringify({ keys: entries });

/**
 * Edits the keys of a configuration file. For a block list all other bytes stay; otherwise comments, order and `${…}`
 * references stay. The rest of the file is not validated: the server's environment may differ.
 */
export class KeyFile {
  readonly #name: string;
  readonly #document: Document;
  /** The edited text. Wrong for list styles that `edit-keys.ts` does not support. */
  #text: string;

  /**
   * Reads the file, changes its keys and writes it, under a lock: no concurrent change is lost. Throws a ConfigError if the
   * file cannot be read or written, and rethrows errors of `change`; the file is then unchanged.
   */
  static change(name: string, change: (keys: KeyFile) => void): void {
    try {
      withLock(name, () => {
        const keys = new KeyFile(name);
        change(keys);
        keys.#save();
      });
    } catch (reason) {
      if (reason instanceof ConfigError) throw reason;
      const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
      throw new ConfigError(`${name}: cannot write the file (${reason instanceof LockError ? reason.message : code}).`);
    }
  }

  /** Reads the file; a missing one counts as empty. Throws a ConfigError if it cannot be read. */
  constructor(name: string) {
    this.#name = name;
    this.#text = readFileText(name) ?? '';
    this.#document = parseYaml(name, this.#text);
  }

  list(): KeyEntry[] {
    return this.#entries().map((entry) => ({
      name: toText(entry.get('name')) ?? '',
      tenant: toText(entry.get('tenant')),
      role: toText(entry.get('role')) === 'operator' ? ('operator' as const) : undefined,
      hash: toText(entry.get('hash')) ?? '',
      added: toText(entry.get('added')),
    }));
  }

  /** Adds a key. Throws a ConfigError if the name exists, or if the file defines tenants, but not this one. */
  add(entry: KeyEntry): void {
    if (this.list().some(({ name }) => name === entry.name)) this.#fail(`the key "${entry.name}" already exists`);
    const tenants = this.#document.get('tenants');
    const { tenant = defaultTenant } = entry;
    if (isMap(tenants) && tenant !== defaultTenant && !tenants.has(tenant)) {
      this.#fail(`tenants does not define "${tenant}"`);
    }
    this.#text = insertEntry({ text: this.#text, keys: this.#keys() }, stringify([entry]).trimEnd().split('\n'));
    const keys = this.#keys() ?? new YAMLSeq();
    if (keys.items.length === 0) keys.flow = false;
    keys.add(this.#document.createNode(entry));
    this.#document.set('keys', keys);
  }

  /** Removes a key. The last one leaves an empty list: without a list, authentication is off. Throws a ConfigError. */
  remove(name: string): void {
    const index = this.list().findIndex((entry) => entry.name === name);
    const keys = this.#keys();
    if (index < 0 || keys === undefined) return this.#fail(`unknown key "${name}"`);
    this.#text = removeEntry({ text: this.#text, keys }, index);
    keys.items.splice(index, 1);
  }

  #save(): void {
    const text = isSameDocument(this.#text, this.#document) ? this.#text : this.#document.toString({ lineWidth: 0 });
    replaceFile(this.#name, text, { newFileMode });
  }

  #keys(): YAMLSeq | undefined {
    const { contents } = this.#document;
    if (contents !== null && !isMap(contents)) return this.#fail('must be a mapping');
    const keys = this.#document.get('keys');
    return keys === undefined || isSeq(keys) ? keys : this.#fail('keys: must be a list');
  }

  #entries(): YAMLMap[] {
    const items = this.#keys()?.items ?? [];
    return items.map((entry, index) => (isMap(entry) ? entry : this.#fail(`keys[${index}]: must be a mapping`)));
  }

  #fail(complaint: string): never {
    throw new ConfigError(`${this.#name}: ${complaint}.`);
  }
}

const toText = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
