/** The label value of everything that has no series of its own. */
const other = 'other';

/** Maps names to a bounded number of label values. */
export class BoundedLabel {
  readonly #max: number;
  readonly #isKnown: (name: string) => boolean;
  readonly #values = new Set<string>();

  /** `isKnown`: whether a name may have a value of its own. Default: any name. */
  constructor(max: number, isKnown: (name: string) => boolean = () => true) {
    this.#max = max;
    this.#isKnown = isKnown;
  }

  /** Returns the name itself if it is known and one of the first `max`, otherwise `other`. */
  of(name: string | undefined): string {
    if (name === undefined) return other;
    if (this.#values.has(name)) return name;
    if (this.#values.size >= this.#max || !this.#isKnown(name)) return other;
    this.#values.add(name);
    return name;
  }
}
