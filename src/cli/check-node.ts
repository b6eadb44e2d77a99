/** As `engines` in package.json has it. */
const oldest = 24;

/**
 * Throws a plain Error that says what is missing. npm only warns of `engines`, and npx not even that; an older Node would
 * then fail at the first word it doesn't know.
 */
export function checkNode(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) < oldest) {
    throw new Error(`it needs Node ${oldest} or later, and this is ${version}.`);
  }
}
