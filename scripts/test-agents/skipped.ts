/** A program that this machine cannot install or run. The message is the reason. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}
