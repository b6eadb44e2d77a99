import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { ConfigError } from '../config-error.ts';
import { durationRule, fromDuration } from '../parse/to-duration.ts';
import { fromSwitch } from '../parse/to-switch.ts';
import type { SettingSource } from './setting-source.ts';

/** A setting in an environment variable. */
export class VariableSource implements SettingSource {
  readonly #name: string;
  readonly #text: string;

  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
  }

  fail(complaint: string): never {
    throw new ConfigError(`${this.#name}: ${complaint}.`);
  }

  text(): string {
    return this.#text;
  }

  texts(): string[] {
    const texts = this.#text.split(',').map((text) => text.trim());
    return texts.includes('') ? this.fail('must be a list of names, separated by commas') : texts;
  }

  integer({ min, max }: { min: number; max: number }): number {
    const value = /^\d+$/.test(this.#text) ? Number(this.#text) : Number.NaN;
    return value >= min && value <= max ? value : this.fail(`must be an integer from ${min} to ${max}`);
  }

  duration(): number {
    return fromDuration(this.#text) ?? this.fail(`must be ${durationRule}`);
  }

  isTrue(): boolean {
    return fromSwitch(this.#text) ?? this.fail('must be 1 or 0');
  }

  object(): Record<string, unknown> {
    const value = tryParseJson(this.#text);
    return isObject(value) ? value : this.fail('must be a JSON object');
  }
}
