import { readFileSync } from 'node:fs';
import { isObject } from '../json/is-object.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import { findInvalidField } from './find-invalid-field.ts';
import { type RecordedExchange, type RecordingHeader, recordingVersion } from './recording.ts';

export interface Recording {
  header: RecordingHeader;
  exchanges: RecordedExchange[];
}

/** A recording that cannot be read. The message is one line that names the file and the line. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  /** As passed to `readRecording`. */
  readonly file: string;

  constructor(file: string, message: string) {
    super(message);
    this.file = file;
  }
}

/** Reads a recording. Throws a RecordingError for a missing or invalid file. */
export function readRecording(file: string): Recording {
  const lines = readText(file).split('\n');
  // Every line ends with a newline.
  if (lines.at(-1) === '') lines.pop();
  const [first, ...rest] = lines.map((line, index) => {
    const value = tryParseJson(line);
    if (isObject(value)) return value;
    throw refuse(file, index + 1, 'not a JSON object');
  });
  return {
    header: toHeader(first, file),
    exchanges: rest.map((value, index) => toExchange(value, (complaint) => refuse(file, index + 2, complaint))),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
    throw new RecordingError(file, `cannot read the recording ${file} (${code}).`);
  }
}

const refuse = (file: string, line: number, complaint: string): RecordingError =>
  new RecordingError(file, `${file}, line ${line}: ${complaint}.`);

function toHeader(value: Fields | undefined, file: string): RecordingHeader {
  if (value?.['talaria'] !== 'recording') {
    throw refuse(file, 1, 'not the header of a recording; expected {"talaria":"recording","version":1,…}');
  }
  const { version, upstream, created } = value;
  if (version !== recordingVersion) {
    throw refuse(file, 1, `unsupported format version ${JSON.stringify(version)}; expected ${recordingVersion}`);
  }
  return { talaria: 'recording', version, upstream: String(upstream), created: String(created) };
}

type Fields = Record<string, unknown>;

function toExchange(value: Fields, refuseLine: (complaint: string) => Error): RecordedExchange {
  const path = findInvalidField(value);
  if (path !== undefined) throw refuseLine(`missing or invalid field "${path}"`);
  // Every field was checked; only informational ones may be missing.
  return value as unknown as RecordedExchange;
}
