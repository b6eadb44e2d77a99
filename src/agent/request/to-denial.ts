/** Returns what the model reads in place of the result of a call that was denied. */
export const toDenial = (reason: string | undefined): string =>
  reason ? `The user denied this call. Reason: ${reason}` : 'The user denied this call.';
