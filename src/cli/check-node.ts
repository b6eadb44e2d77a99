/** The minimum of `engines` in package.json. */
const minimumVersion = 24;

/**
 * Throws a plain Error if Node is too old. npm only warns about `engines`, npx not even that, and an older Node fails on
 * syntax that it does not support.
 */
export function checkNode(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) < minimumVersion) {
    throw new Error(`requires Node ${minimumVersion} or later; this is ${version}.`);
  }
}
