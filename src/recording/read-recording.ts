import { readFileSync } from 'node:fs';
import { isObject } from '../json/is-object.ts';
import { tryParseJson } from '../json/try-parse-json.ts';
import { type RecordedExchange, type RecordingHeader, recordingVersion } from './recording.ts';

export interface Recording {
  header: RecordingHeader;
  exchanges: RecordedExchange[];
}

/** Reads a recording. Throws an Error whose message names the file and the invalid line. */
export function readRecording(file: string): Recording {
  const lines = readText(file).split('\n');
  // The file ends with a line break.
  if (lines.at(-1) === '') lines.pop();
  const [first, ...rest] = lines.map((line, index) => {
    const value = tryParseJson(line);
    if (isObject(value)) return value;
    throw refuse(file, index + 1, 'is not a JSON object');
  });
  return {
    header: toHeader(first, file),
    exchanges: rest.map((value, index) => toExchange(value, (why) => refuse(file, index + 2, why))),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
    throw new Error(`failed to read the recording ${file} (${code}).`);
  }
}

const refuse = (file: string, line: number, why: string): Error => new Error(`${file}, line ${line} ${why}.`);

function toHeader(value: Fields | undefined, file: string): RecordingHeader {
  if (value?.['talaria'] !== 'recording') {
    throw refuse(file, 1, 'is not the header of a recording: {"talaria":"recording","version":1,…}');
  }
  const { version, upstream, created } = value;
  if (version !== recordingVersion) {
    throw refuse(file, 1, `has format version ${JSON.stringify(version)}. Expected version ${recordingVersion}`);
  }
  return { talaria: 'recording', version, upstream: String(upstream), created: String(created) };
}

type Fields = Record<string, unknown>;

function toExchange(value: Fields, refuseLine: (why: string) => Error): RecordedExchange {
  const { exchange, request, response, ended } = value;
  if (typeof exchange !== 'number' || typeof ended !== 'string') throw refuseLine('is not an exchange');
  if (!isObject(request) || typeof request['method'] !== 'string' || typeof request['path'] !== 'string') {
    throw refuseLine('has no request with a method and a path');
  }
  if (response !== undefined && (!isObject(response) || typeof response['status'] !== 'number')) {
    throw refuseLine('has a response without a status');
  }
  if (isObject(response) && response['stream'] !== undefined && !isStream(response['stream'])) {
    throw refuseLine('has a stream that is not a list of reads with their events');
  }
  // Every field that is read has been checked.
  return value as unknown as RecordedExchange;
}

function isStream(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((read) => isObject(read) && Array.isArray(read['events']) && read['events'].every(isObject))
  );
}
