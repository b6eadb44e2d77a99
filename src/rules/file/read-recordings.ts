import { isAbsolute, relative, resolve } from 'node:path';
import { createLibrary, type Entry } from '../../agent/replay/library.ts';
import { RecordingError, readRecording } from '../../recording/read-recording.ts';
import type { ReplySources } from '../reply/compile-reply.ts';
import { createRuleError } from '../rule-error.ts';

/** The recordings that rules name. */
export interface Recordings extends ReplySources {
  /** The paths of those that were read. */
  files: ReadonlySet<string>;
}

/** Reads recordings, each once. `isBounded`: only those below the directory, for rules that arrive over HTTP. */
export function readRecordings(directory: string, { isBounded }: { isBounded: boolean }): Recordings {
  const read = new Map<string, readonly Entry[]>();
  const files = new Set<string>();
  return {
    files,
    recording(name, param) {
      const file = resolve(directory, name);
      if (isBounded && isOutside(directory, file))
        throw createRuleError(param, 'expected a path below that of the rules');
      files.add(file);
      const entries = read.get(file) ?? readEntries(file, param);
      read.set(file, entries);
      return entries;
    },
  };
}

function isOutside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path.startsWith('..') || isAbsolute(path);
}

function readEntries(file: string, param: string): readonly Entry[] {
  try {
    return createLibrary(readRecording(file)).entries;
  } catch (reason) {
    if (!(reason instanceof RecordingError)) throw reason;
    throw createRuleError(param, reason.message.replace(/\.$/, ''));
  }
}
