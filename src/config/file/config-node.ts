import { ConfigError } from '../config-error.ts';
import type { Variables } from '../env.ts';
import { expandVariables, VariableError } from './expand-variables.ts';

interface Place {
  /** As messages name it. */
  file: string;
  /** Where it is in the file: `keys[1].tenant`; empty for the whole. */
  path: string;
  variables: Variables;
}

/**
 * A value of the configuration file that knows where it stands. Whatever is wrong with it is a ConfigError of one line
 * with the file and the path; what the value is, it never says: it may be a secret.
 */
export class ConfigNode {
  readonly #value: unknown;
  readonly #place: Place;

  constructor(value: unknown, place: Place) {
    this.#value = value;
    this.#place = place;
  }

  /** Nothing stands there: `acme:`, and no more. */
  get isEmpty(): boolean {
    return this.#value === null;
  }

  fail(complaint: string): never {
    const { file, path } = this.#place;
    throw new ConfigError(`${file}: ${path === '' ? '' : `${path}: `}${complaint}.`);
  }

  /** The settings of a group, of which there are these and no others. */
  settings<Name extends string>(...names: Name[]): Partial<Record<Name, ConfigNode>> {
    const entries = this.#entries();
    for (const [name, node] of entries) {
      if (!names.some((known) => known === name)) node.fail(`there is no such setting here, but ${names.join(', ')}`);
    }
    // Just checked: the names are all among those asked for.
    return Object.fromEntries(entries) as Partial<Record<Name, ConfigNode>>;
  }

  /** The entries of a group whose names are the writer's own. */
  named(): Map<string, ConfigNode> {
    const entries = this.#entries();
    for (const [name, node] of entries) if (!isName(name)) node.fail(`a name is made of ${nameCharacters}`);
    return new Map(entries);
  }

  list(): ConfigNode[] {
    if (!Array.isArray(this.#value)) this.fail('must be a list');
    return this.#value.map((value, index) => this.#at(value, `${this.#place.path}[${index}]`));
  }

  /** Not empty; references to the environment are replaced. */
  text(): string {
    const text = this.#expand('text; quotes make it that');
    return text === '' ? this.fail('must not be empty') : text;
  }

  name(): string {
    const text = this.text();
    return isName(text) ? text : this.fail(`a name is made of ${nameCharacters}`);
  }

  integer({ min, max }: { min: number; max: number }): number {
    const isReference = typeof this.#value === 'string' && this.#value.includes('${');
    const value = isReference ? toNumber(this.#expand('a number')) : this.#value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.fail(`must be a whole number from ${min} to ${max}`);
  }

  #entries(): [name: string, node: ConfigNode][] {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('must be a group of settings');
    const { path } = this.#place;
    return Object.entries(value).map(([name, inner]) => [
      name,
      this.#at(inner, path === '' ? name : `${path}.${name}`),
    ]);
  }

  #at(value: unknown, path: string): ConfigNode {
    return new ConfigNode(value, { ...this.#place, path });
  }

  #expand(kind: string): string {
    if (typeof this.#value !== 'string') return this.fail(`must be ${kind}`);
    try {
      return expandVariables(this.#value, this.#place.variables);
    } catch (error) {
      return error instanceof VariableError ? this.fail(error.message) : this.fail('can not be read');
    }
  }
}

export const nameCharacters = 'at most 64 letters, digits, ".", "_" and "-", and begins with a letter or digit';

/** Of an agent, a tenant or a key. No `/`: it stands between an agent's name and its model. */
export const isName = (text: string): boolean => /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);

const toNumber = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
