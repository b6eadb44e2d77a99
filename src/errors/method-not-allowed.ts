import { ApiError } from './api-error.ts';

/** Returns the error of a request to a known path. `allow`: the methods of the path, sent as `Allow`. */
export const methodNotAllowed = (method: string, allow: string): ApiError =>
  new ApiError('method_not_allowed', `Method ${method} is not allowed here. Expected one of: ${allow}.`, { allow });
