import { ApiError } from '../../errors/api-error.ts';

/** Returns the error of every call on a closed store. */
export const createClosedError = (): ApiError => new ApiError('store_unavailable', 'The store is closed.');
