/**
 * The value of one setting of an agent, in the file or in an environment variable. Each method reads it as one type and
 * throws a ConfigError of one line that names its location. The message never contains the value: it may be a secret.
 */
export interface SettingSource {
  fail(complaint: string): never;
  /** A string that is not empty. */
  text(): string;
  /** A list of strings, or one string. A variable separates them by commas. */
  texts(): string[];
  integer(range: { min: number; max: number }): number;
  /** Milliseconds; 0 means no limit. */
  duration(): number;
  isTrue(): boolean;
  /** Any JSON object. */
  object(): Record<string, unknown>;
}
