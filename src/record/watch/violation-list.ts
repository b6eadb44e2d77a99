import type { RecordedExchange, Violation } from '../../recording/recording.ts';
import type { Finding } from '../check/contract-checks.ts';
import { recordLimits } from '../record-limits.ts';
import type { Redactor } from '../redact/redact.ts';
import type { Report } from '../report.ts';

interface ViolationListOptions {
  /** The exchange, printed at the start of each line. */
  label: string;
  report: Report;
  redactor: Redactor;
}

/**
 * Reports the violations and notes of one exchange as they are found, and collects up to `recordLimits.violations` of
 * each.
 */
export class ViolationList {
  readonly #options: ViolationListOptions;
  readonly #violations: Violation[] = [];
  readonly #notes: Violation[] = [];
  /** The notes that were made: a stream repeats one in each event. */
  readonly #noted = new Set<string>();
  #surplus = 0;

  constructor(options: ViolationListOptions) {
    this.#options = options;
  }

  addAll(direction: Violation['direction'], findings: readonly Finding[]): void {
    for (const { isNote = false, kind, place, message } of findings) {
      const { redactor } = this.#options;
      // A message may quote the invalid value.
      const violation = { direction, kind, place: redactor.text(place), message: redactor.text(message) };
      if (isNote) this.#note(violation);
      else this.#add(violation);
    }
  }

  close(): void {
    const { label, report } = this.#options;
    if (this.#surplus > 0) report.warn(`${label}: ${this.#surplus} more violations, not shown`);
  }

  toRecord(): Pick<RecordedExchange, 'violations' | 'notes'> {
    return { violations: this.#violations, ...(this.#notes.length > 0 ? { notes: this.#notes } : {}) };
  }

  #add(violation: Violation): void {
    const isShown = this.#violations.length < recordLimits.violations;
    if (isShown) this.#violations.push(violation);
    else this.#surplus += 1;
    this.#options.report.violation(this.#options.label, violation, isShown);
  }

  #note(note: Violation): void {
    const key = `${note.place.replaceAll(/\[\d+\]/g, '[]')} ${note.message}`;
    if (this.#noted.has(key) || this.#notes.length >= recordLimits.violations) return;
    this.#noted.add(key);
    this.#notes.push(note);
    this.#options.report.note(this.#options.label, note);
  }
}
