/** The values of one round, by figure. */
export type Sample = Readonly<Record<string, number>>;

/** A row of the table. */
export interface Figure {
  /** Its key in a sample. */
  name: string;
  title: string;
  /** Of the value in a sample. */
  unit: string;
  /** Whether the row shows a multiple of the floor's value in the same round, and not the value itself. */
  isRatio: boolean;
  atMost?: number;
  atLeast?: number;
}

/** A started server: Talaria, its floor or another program. */
export interface Server extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  pid: number;
  /** Headers that each request needs. */
  headers?: Readonly<Record<string, string>>;
  /** Its SQLite file; omitted: it has none. */
  storeFile?: string;
}

/** A kind of work, sent to each server and to their floor. */
export interface Scenario {
  name: string;
  figures: readonly Figure[];
  /** The script of the server to compare with. */
  floor: string;
  /** Most rounds, where one takes long. */
  maxRounds?: number;
  open: OpenScenario;
}

/**
 * Prepares the measurement of one server, which can be started several times. Returns a function that measures one
 * round.
 */
export type OpenScenario = (
  start: () => Promise<Server>,
  stack: AsyncDisposableStack,
) => Promise<() => Promise<Sample>>;
