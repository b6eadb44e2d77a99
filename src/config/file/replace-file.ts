import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Replaces a file atomically: readers see the old text or the new one, and a failed write (a full disk) leaves the old
 * one. An existing file keeps its mode and, where the process may set it, its owner. A symbolic link stays a link.
 */
export function replaceFile(name: string, text: string, options: { newFileMode: number }): void {
  const old = statSync(name, { throwIfNoEntry: false });
  const file = old ? realpathSync(name) : name;
  const temporary = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    try {
      if (old) keepOwner(descriptor, old);
      fchmodSync(descriptor, old ? old.mode & 0o777 : options.newFileMode);
      // Not writeSync: on a full disk one write may store a part of the text without an error.
      writeFileSync(descriptor, text);
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

/** Only root may change the owner: any other process writes a file of its own. */
function keepOwner(descriptor: number, { uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
  }
}
