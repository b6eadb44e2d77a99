import { styleText } from 'node:util';
import type { Violation, ViolationKind } from '../recording/recording.ts';

export interface ReportOptions {
  /** Whether to print violations only, without a line per exchange. */
  quiet: boolean;
  out: NodeJS.WriteStream;
}

/** Prints exchanges and violations during a session, and counts them for the summary. Expects redacted text. */
export class Report {
  readonly #options: ReportOptions;
  readonly #kinds = new Map<ViolationKind, number>();
  #exchanges = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  get violations(): number {
    return [...this.#kinds.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Counts a violation, and prints it if `isShown`. `label`: the exchange's number, method and path. */
  violation(label: string, { direction, kind, place, message }: Violation, isShown: boolean): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (!isShown) return;
    this.#write('red', `${label} ${direction}${place === '' ? '' : ` ${place}`}: ${message}`);
  }

  /** Prints a note, unless it is to print violations only. */
  note(label: string, { direction, place, message }: Violation): void {
    if (this.#options.quiet) return;
    this.#write('dim', `${label} note: ${direction}${place === '' ? '' : ` ${place}`}: ${message}`);
  }

  exchange(label: string, outcome: string): void {
    this.#exchanges += 1;
    if (!this.#options.quiet) this.#write('dim', `${label} ${outcome}`);
  }

  warn(message: string): void {
    this.#write('yellow', message);
  }

  summary(file: string): string {
    const counted = `${count(this.#exchanges, 'exchange')} in ${file}, ${count(this.violations, 'violation')}`;
    const kinds = [...this.#kinds].toSorted((a, b) => b[1] - a[1]).map(([kind, times]) => `${times} ${kind}`);
    return kinds.length === 0 ? counted : `${counted}: ${kinds.join(', ')}`;
  }

  /** Prints one line without control characters: a peer could otherwise move the cursor. */
  #write(style: 'red' | 'dim' | 'yellow', line: string): void {
    const { out } = this.#options;
    const plain = line.replaceAll(/\p{Cc}+/gu, ' ');
    out.write(`${styleText(style, plain, { stream: out })}\n`);
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
