import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/**
 * Writes a file as a whole: who reads it meanwhile sees the old text or the new one, and a full disk leaves the old one.
 * A file that was there keeps its mode, and a link to it stays a link.
 */
export function replaceFile(name: string, text: string, options: { newFileMode: number }): void {
  const file = toTarget(name);
  const temporary = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    try {
      fchmodSync(descriptor, modeOf(file) ?? options.newFileMode);
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function toTarget(name: string): string {
  return modeOf(name) === undefined ? name : realpathSync(name);
}

function modeOf(file: string): number | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  return mode === undefined ? undefined : mode & 0o777;
}
