import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { readRecording } from './read-recording.ts';
import { type RecordedExchange, type RecordingHeader, recordingVersion } from './recording.ts';

/** A recording open for appending, one line per exchange. */
export interface RecordingFile extends Disposable {
  /** The highest exchange number in the file; 0 for a new file. */
  readonly last: number;
  /** Appends a line with a synchronous write, so that it survives a crash of this process. */
  append(exchange: RecordedExchange): void;
}

/** Opens an existing recording, or creates one that only its owner may read. Throws a RecordingError for any other file. */
export function openRecordingFile(file: string, upstream: string): RecordingFile {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    const isNew = fstatSync(descriptor).size === 0;
    const last = isNew ? 0 : Math.max(0, ...readRecording(file).exchanges.map(({ exchange }) => exchange));
    const header: RecordingHeader = {
      talaria: 'recording',
      version: recordingVersion,
      upstream,
      created: new Date().toISOString(),
    };
    if (isNew) writeLine(descriptor, header);
    return {
      last,
      append: (exchange) => writeLine(descriptor, exchange),
      [Symbol.dispose]: () => closeSync(descriptor),
    };
  } catch (reason) {
    closeSync(descriptor);
    throw reason;
  }
}

/** Writes a whole line or none. If writing fails (a full disk), removes the part and rethrows. */
function writeLine(descriptor: number, value: object): void {
  const { size } = fstatSync(descriptor);
  try {
    writeWhole(descriptor, value);
  } catch (reason) {
    ftruncateSync(descriptor, size);
    throw reason;
  }
}

function writeWhole(descriptor: number, value: object): void {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
