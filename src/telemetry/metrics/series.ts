import type { Metric, Sample } from './metric.ts';

export interface SeriesOptions<Name extends string> {
  name: string;
  help: string;
  labelNames: readonly Name[];
  /** Receives the new metric. */
  list: Metric[];
}

export type Labels<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>;

interface Entry<Name extends string, Value> {
  labels: Labels<Name>;
  value: Value;
}

/** The entries whose first labels are the same. */
class Branch<Name extends string, Value> {
  /** By the next label. */
  readonly branches = new Map<string, Branch<Name, Value>>();
  /** Set once no label follows. */
  entry: Entry<Name, Value> | undefined;

  find(label: string): Branch<Name, Value> {
    let branch = this.branches.get(label);
    if (branch === undefined) {
      branch = new Branch();
      this.branches.set(label, branch);
    }
    return branch;
  }
}

/**
 * Values by labels, which a registry of prom-client reads. Its own metrics sort and check the labels of each
 * observation: ten times the cost of this lookup, for a dozen observations a request.
 */
abstract class Series<Name extends string, Value> implements Metric {
  readonly name: string;
  readonly help: string;
  readonly aggregator = 'sum' as const;
  abstract readonly type: 'counter' | 'histogram';
  readonly #labelNames: readonly Name[];
  readonly #entries: Entry<Name, Value>[] = [];
  /** Finds an entry label by label: a key that joins them would be a new string for each observation. */
  readonly #root = new Branch<Name, Value>();

  constructor({ name, help, labelNames, list }: SeriesOptions<Name>) {
    this.name = name;
    this.help = help;
    this.#labelNames = labelNames;
    list.push(this);
  }

  protected abstract create(): Value;
  protected abstract toSamples(labels: Labels<Name>, value: Value): Sample[];

  /** Returns the value of a combination of labels. Creates it at the first use. */
  protected of(labels: Labels<Name>): Value {
    let branch = this.#root;
    for (const name of this.#labelNames) branch = branch.find(labels[name] ?? '');
    branch.entry ??= this.#add(labels);
    return branch.entry.value;
  }

  async get() {
    const { name, help, type, aggregator } = this;
    const values = this.#entries.flatMap((entry) => this.toSamples(entry.labels, entry.value));
    return { name, help, type, aggregator, values };
  }

  #add(labels: Labels<Name>): Entry<Name, Value> {
    const known = this.#labelNames.filter((name) => labels[name] !== undefined).map((name) => [name, labels[name]]);
    const entry = { labels: Object.fromEntries(known), value: this.create() };
    this.#entries.push(entry);
    return entry;
  }
}

export class Counter<Name extends string> extends Series<Name, { total: number }> {
  readonly type = 'counter';

  inc(labels: Labels<Name>, count = 1): void {
    this.of(labels).total += count;
  }

  protected override create(): { total: number } {
    return { total: 0 };
  }

  protected override toSamples(labels: Labels<Name>, { total }: { total: number }): Sample[] {
    return [{ labels: { ...labels }, value: total }];
  }
}

interface Observed {
  sum: number;
  /** Observations by bucket, the last without an upper bound. */
  counts: number[];
}

export class Histogram<Name extends string> extends Series<Name, Observed> {
  readonly type = 'histogram';
  /** The upper bounds of the buckets, ascending. */
  readonly #bounds: readonly number[];

  constructor({ buckets, ...options }: SeriesOptions<Name> & { buckets: readonly number[] }) {
    super(options);
    this.#bounds = buckets;
  }

  observe(labels: Labels<Name>, value: number): void {
    const observed = this.of(labels);
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? 0)) bucket += 1;
    observed.sum += value;
    observed.counts[bucket] = (observed.counts[bucket] ?? 0) + 1;
  }

  protected override create(): Observed {
    return { sum: 0, counts: Array.from({ length: this.#bounds.length + 1 }, () => 0) };
  }

  protected override toSamples(labels: Labels<Name>, { sum, counts }: Observed): Sample[] {
    let count = 0;
    const buckets = [...this.#bounds, '+Inf'].map((le, bucket): Sample => {
      count += counts[bucket] ?? 0;
      return { labels: { le, ...labels }, value: count, metricName: `${this.name}_bucket` };
    });
    return [
      ...buckets,
      { labels: { ...labels }, value: sum, metricName: `${this.name}_sum` },
      { labels: { ...labels }, value: count, metricName: `${this.name}_count` },
    ];
  }
}
