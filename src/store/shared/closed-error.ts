import { ApiError } from '../../errors/api-error.ts';

/** What every call on a closed store rejects with. */
export const createClosedError = (): ApiError => new ApiError('store_unavailable', 'The store is closed.');
