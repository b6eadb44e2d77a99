import type { RecordedExchange } from '../../recording/recording.ts';
import type { RecordingFile } from '../../recording/recording-file.ts';
import type { ContractChecks } from '../check/contract-checks.ts';
import type { FindOperation } from '../check/find-operation.ts';
import type { Redactor } from '../redact/redact.ts';
import type { Report } from '../report.ts';

export interface SessionOptions {
  checks: ContractChecks;
  findOperation: FindOperation;
  redactor: Redactor;
  report: Report;
  file: RecordingFile;
  /** Of a body that is kept and checked. */
  maxBytes: number;
}

/** What all exchanges of one recording share. */
export class Session {
  readonly options: SessionOptions;
  readonly #open = new Set<Promise<void>>();
  #number: number;
  /** A recording that could not be written is not one. */
  hasFailed = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.#number = options.file.last;
  }

  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  write(exchange: RecordedExchange): void {
    try {
      this.options.file.append(exchange);
    } catch (reason) {
      this.#fail(reason);
    }
  }

  /** Something that must be written before the recording is closed. */
  track(work: Promise<void>): void {
    // Whatever becomes of the record, the proxy goes on.
    const done = work.catch((reason: unknown) => this.#fail(reason)).finally(() => this.#open.delete(done));
    this.#open.add(done);
  }

  async settle(): Promise<void> {
    await Promise.all(this.#open);
  }

  #fail(reason: unknown): void {
    if (!this.hasFailed) this.options.report.warn(`The recording can't be written: ${String(reason)}`);
    this.hasFailed = true;
  }
}
