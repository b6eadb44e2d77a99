/** The error of a call that was interrupted, for the model and the client. */
export const interruptedCall =
  'The call was interrupted before it returned a result. Whether it had an effect is unknown: check before you call the tool again.';
