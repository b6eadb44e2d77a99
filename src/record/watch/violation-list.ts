import type { Violation } from '../../recording/recording.ts';
import { recordLimits } from '../record-limits.ts';
import type { Redactor } from '../redact/redact.ts';
import type { Report } from '../report.ts';

interface ViolationListOptions {
  /** The exchange, printed at the start of each line. */
  label: string;
  report: Report;
  redactor: Redactor;
}

/** Reports the violations of one exchange as they are found, and collects them up to `recordLimits.violations`. */
export class ViolationList {
  readonly #options: ViolationListOptions;
  readonly list: Violation[] = [];
  #surplus = 0;

  constructor(options: ViolationListOptions) {
    this.#options = options;
  }

  add(found: Violation): void {
    const { label, report, redactor } = this.#options;
    // A message may quote the invalid value.
    const violation = { ...found, place: redactor.text(found.place), message: redactor.text(found.message) };
    const isShown = this.list.length < recordLimits.violations;
    if (isShown) this.list.push(violation);
    else this.#surplus += 1;
    report.violation(label, violation, isShown);
  }

  close(): void {
    const { label, report } = this.#options;
    if (this.#surplus > 0) report.warn(`${label}: ${this.#surplus} more violations, not shown`);
  }
}
