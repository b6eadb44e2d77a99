import { type Document, isMap, isSeq, stringify, type YAMLMap, YAMLSeq } from 'yaml';
import { ConfigError } from '../config-error.ts';
import { defaultTenant, type KeyConfig } from '../tenant-settings.ts';
import { insertEntry, removeEntry, says } from './edit-keys.ts';
import { parseYaml } from './parse-yaml.ts';
import { readFileText } from './read-file-text.ts';
import { replaceFile } from './replace-file.ts';
import { LockError, withLock } from './with-lock.ts';

/** A key as the file has it; `added` is a date. */
export interface KeyEntry extends KeyConfig {
  added: string | undefined;
}

/** The owner's alone: a file with keys may soon hold an upstream's secret too. */
const newFileMode = 0o600;

/** As it stands in a file. */
export const toKeysText = (entries: KeyEntry[]): string => stringify({ keys: entries });

/**
 * The keys of a configuration file, to be changed without touching the rest: where the list is written line by line, all
 * other bytes stay, and elsewhere comments, order and `${…}` references. Whether a server could use the rest is not asked:
 * its environment may be another.
 */
export class KeyFile {
  readonly #name: string;
  readonly #document: Document;
  /** The text after the change, unless it was one of the kinds that `edit-keys.ts` does not know. */
  #text: string;

  /**
   * Reads the file, changes its keys and writes it, alone: of changes at the same time none is lost. Throws a ConfigError
   * when the file can't be read or written, and what `change` throws; then it is as it was.
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
      const why = reason instanceof Error && 'code' in reason ? reason.code : reason;
      throw new ConfigError(`${name}: can not be written (${reason instanceof LockError ? reason.message : why}).`);
    }
  }

  /** A file that isn't there is an empty one. Throws a ConfigError for one that can't be read. */
  constructor(name: string) {
    this.#name = name;
    this.#text = readFileText(name) ?? '';
    this.#document = parseYaml(name, this.#text);
  }

  list(): KeyEntry[] {
    return this.#entries().map((entry) => ({
      name: toText(entry.get('name')) ?? '',
      tenant: toText(entry.get('tenant')) ?? defaultTenant,
      hash: toText(entry.get('hash')) ?? '',
      added: toText(entry.get('added')),
    }));
  }

  /** Throws a ConfigError when the name is taken, or when the file has tenants, but not this one. */
  add(entry: KeyEntry): void {
    if (this.list().some(({ name }) => name === entry.name)) this.#fail(`there is a key "${entry.name}" already`);
    const tenants = this.#document.get('tenants');
    if (isMap(tenants) && entry.tenant !== defaultTenant && !tenants.has(entry.tenant)) {
      this.#fail(`there is no tenant "${entry.tenant}" in tenants`);
    }
    this.#text = insertEntry({ text: this.#text, keys: this.#keys() }, stringify([entry]).trimEnd().split('\n'));
    const keys = this.#keys() ?? new YAMLSeq();
    if (keys.items.length === 0) keys.flow = false;
    keys.add(this.#document.createNode(entry));
    this.#document.set('keys', keys);
  }

  /** Throws a ConfigError when there is no such key. The last one leaves an empty list: without any, all could come in. */
  remove(name: string): void {
    const index = this.list().findIndex((entry) => entry.name === name);
    const keys = this.#keys();
    if (index < 0 || keys === undefined) return this.#fail(`there is no key "${name}"`);
    this.#text = removeEntry({ text: this.#text, keys }, index);
    keys.items.splice(index, 1);
  }

  #save(): void {
    const text = says(this.#text, this.#document) ? this.#text : this.#document.toString({ lineWidth: 0 });
    replaceFile(this.#name, text, { newFileMode });
  }

  #keys(): YAMLSeq | undefined {
    const { contents } = this.#document;
    if (contents !== null && !isMap(contents)) return this.#fail('must be a group of settings');
    const keys = this.#document.get('keys');
    return keys === undefined || isSeq(keys) ? keys : this.#fail('keys: must be a list');
  }

  #entries(): YAMLMap[] {
    const items = this.#keys()?.items ?? [];
    return items.map((entry, index) =>
      isMap(entry) ? entry : this.#fail(`keys[${index}]: must be a group of settings`),
    );
  }

  #fail(complaint: string): never {
    throw new ConfigError(`${this.#name}: ${complaint}.`);
  }
}

const toText = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));
