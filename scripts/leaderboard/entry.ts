/**
 * A program on the leaderboard. All of it is data, so that the page can print the settings that were used. In `files`,
 * `command`, `env`, `steps` and `options`, `{port}` is the program's port, `{upstream}` the address of the model behind
 * it (without `/v1`), `{work}` an empty folder that it runs in, `{installed}` the folder of its packages, and
 * `{scripts}` that of the scripts.
 */
export interface Entry {
  /** For `--only`. */
  name: string;
  title: string;
  kind: 'mock' | 'gateway' | 'agent' | 'model server' | 'Talaria';
  /** Where it is installed from. `none`: it is in this repository. */
  registry: 'npm' | 'PyPI' | 'none';
  /** Pinned; the first is the program itself. */
  packages: readonly string[];
  /** Packages to install without their dependencies. */
  bare?: readonly string[];
  /** Commands to run before the start, in `{work}`. */
  steps?: readonly (readonly string[])[];
  /** Files of `{work}`, by name. */
  files?: Readonly<Record<string, string>>;
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The path that answers once the program is up. */
  ready: string;
  /** The API key that it was started with. */
  key?: string;
  /** The model to ask for. */
  model: string;
  /** Further options of `talaria verify`. */
  options?: readonly string[];
  /** Its upstream, the limits of its settings, and their effect on the figures. */
  notes: readonly string[];
}

/** Values of the placeholders. */
export type Places = Readonly<Record<'port' | 'upstream' | 'work' | 'installed' | 'scripts', string>>;

export function fillPlaces(text: string, places: Places): string {
  return text.replaceAll(/\{(port|upstream|work|installed|scripts)\}/g, (_, name: keyof Places) => places[name]);
}

/** Returns the version of the program: that of its first package. */
export function pinnedVersion({ packages: [first = ''] }: Entry): string {
  return /[@=]=?([^@=]+)$/.exec(first)?.[1] ?? '';
}
