import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { readRecording } from './read-recording.ts';
import { type RecordedExchange, type RecordingHeader, recordingVersion } from './recording.ts';

/** A recording that grows by a line for each exchange. */
export interface RecordingFile extends Disposable {
  /** The highest number that an exchange in it has; 0 when it is new. */
  readonly last: number;
  /** The line is the system's once this returns: the end of this process, however it comes, loses nothing. */
  append(exchange: RecordedExchange): void;
}

/** Opens a recording to be continued, or a new one that only its owner may read. Throws for a file of another kind. */
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

/** Throws when there is no room for all of it; then none of it stays, so that a later line stands by itself. */
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
