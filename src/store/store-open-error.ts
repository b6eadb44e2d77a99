/** A store that cannot be opened. The message is one line that names its location and the reason. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}
