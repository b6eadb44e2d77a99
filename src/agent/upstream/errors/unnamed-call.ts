import { ApiError } from '../../../errors/api-error.ts';

/** Returns the error of a call that has arguments and no name. Dropped, it would leave an answer that looks whole. */
export const createUnnamedCall = (): ApiError =>
  new ApiError('upstream_error', 'The agent called a tool without naming it.');
