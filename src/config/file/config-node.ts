import type { SettingSource } from '../agent/setting-source.ts';
import { ConfigError } from '../config-error.ts';
import type { Variables } from '../env.ts';
import { durationRule, fromDuration } from '../parse/to-duration.ts';
import { fromSwitch } from '../parse/to-switch.ts';
import { expandVariables, VariableError } from './expand-variables.ts';

interface Location {
  /** Path of the file, as messages show it. */
  file: string;
  /** Path within the file, such as `keys[1].tenant`; empty for the root. */
  path: string;
  variables: Variables;
}

/**
 * A value of the configuration file with its location. An invalid value is a ConfigError of one line with file and path.
 * The message never contains the value: it may be a secret.
 */
export class ConfigNode implements SettingSource {
  readonly #value: unknown;
  readonly #location: Location;

  constructor(value: unknown, location: Location) {
    this.#value = value;
    this.#location = location;
  }

  /** Whether there is no value, as in `acme:`. */
  get isEmpty(): boolean {
    return this.#value === null;
  }

  get isMapping(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value);
  }

  /** Throws a ConfigError with file and path. */
  fail(complaint: string): never {
    const { file, path } = this.#location;
    throw new ConfigError(`${file}: ${path === '' ? '' : `${path}: `}${complaint}.`);
  }

  /** Reads a mapping with these names. Refuses any other name. */
  settings<Name extends string>(...names: Name[]): Partial<Record<Name, ConfigNode>> {
    const entries = this.#entries();
    for (const [name, node] of entries) {
      if (!names.some((known) => known === name)) node.fail(`unknown setting; expected one of: ${names.join(', ')}`);
    }
    // Every name was checked above.
    return Object.fromEntries(entries) as Partial<Record<Name, ConfigNode>>;
  }

  /** Reads a mapping whose names the user chooses. */
  named(): Map<string, ConfigNode> {
    const entries = this.#entries();
    for (const [name, node] of entries) if (!isName(name)) node.fail(nameRule);
    return new Map(entries);
  }

  list(): ConfigNode[] {
    if (!Array.isArray(this.#value)) this.fail('must be a list');
    return this.#value.map((value, index) => this.#at(value, `${this.#location.path}[${index}]`));
  }

  /** Returns a string that is not empty, with its references to environment variables expanded. */
  text(): string {
    const text = this.#expand('a string; put it in quotes');
    return text === '' ? this.fail('must not be empty') : text;
  }

  name(): string {
    const text = this.text();
    return isName(text) ? text : this.fail(nameRule);
  }

  integer({ min, max }: { min: number; max: number }): number {
    const isReference = typeof this.#value === 'string' && this.#value.includes('${');
    const value = isReference ? toNumber(this.#expand('a number')) : this.#value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.fail(`must be an integer from ${min} to ${max}`);
  }

  texts(): string[] {
    if (Array.isArray(this.#value)) return this.list().map((entry) => entry.text());
    if (typeof this.#value === 'string') return [this.text()];
    return this.fail('must be a string or a list of strings');
  }

  duration(): number {
    const text = Number.isInteger(this.#value) ? `${this.#value}` : this.#expand(durationRule);
    return fromDuration(text) ?? this.fail(`must be ${durationRule}`);
  }

  isTrue(): boolean {
    if (typeof this.#value === 'boolean') return this.#value;
    return fromSwitch(this.#expand('true or false')) ?? this.fail('must be true or false');
  }

  /** Returns a mapping with any names and values. References in its strings are expanded. */
  object(): Record<string, unknown> {
    return Object.fromEntries(this.#entries().map(([name, node]) => [name, node.#json()]));
  }

  #json(): unknown {
    if (typeof this.#value === 'string') return this.#expand('a string');
    if (Array.isArray(this.#value)) return this.list().map((entry) => entry.#json());
    return typeof this.#value === 'object' && this.#value !== null ? this.object() : this.#value;
  }

  #entries(): [name: string, node: ConfigNode][] {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('must be a mapping');
    const { path } = this.#location;
    return Object.entries(value).map(([name, inner]) => [
      name,
      this.#at(inner, path === '' ? name : `${path}.${name}`),
    ]);
  }

  #at(value: unknown, path: string): ConfigNode {
    return new ConfigNode(value, { ...this.#location, path });
  }

  #expand(kind: string): string {
    if (typeof this.#value !== 'string') return this.fail(`must be ${kind}`);
    try {
      return expandVariables(this.#value, this.#location.variables);
    } catch (error) {
      return error instanceof VariableError ? this.fail(error.message) : this.fail('cannot be read');
    }
  }
}

/** The rule for names, for the end of a message. */
export const nameRule = 'a name has at most 64 letters, digits, ".", "_" and "-", and begins with a letter or digit';

/** Whether a text is a valid name of an agent, tenant or key. No `/`: it separates an agent's name from its model. */
export const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);

const toNumber = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
