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
  /** Bytes of each body that are recorded and checked. */
  maxBytes: number;
}

/** The state shared by all exchanges of one recording. */
export class Session {
  readonly options: SessionOptions;
  readonly #open = new Set<Promise<void>>();
  #number: number;
  /** Whether a write to the recording has failed. */
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

  /** Registers work to finish before the recording is closed. */
  track(work: Promise<void>): void {
    // A failed recording must not stop the proxy.
    const done = work.catch((reason: unknown) => this.#fail(reason)).finally(() => this.#open.delete(done));
    this.#open.add(done);
  }

  async settle(): Promise<void> {
    await Promise.all(this.#open);
  }

  #fail(reason: unknown): void {
    if (!this.hasFailed) this.options.report.warn(`Cannot write the recording: ${String(reason)}`);
    this.hasFailed = true;
  }
}
