import { ApiError } from './api-error.ts';

/** For each field, a function that returns why a value is unsupported, or `undefined` for a value that is supported. */
export type Refusals<Request, Field extends keyof Request> = {
  readonly [Name in Field]-?: (value: NonNullable<Request[Name]>) => string | undefined;
};

/** Throws `unsupported_parameter` for the first field whose value is unsupported. */
export function refuseFields<Request, Field extends keyof Request>(
  request: Request,
  refusals: Refusals<Request, Field>,
): void {
  for (const field in refusals) {
    const value = request[field];
    if (value === undefined || value === null) continue;
    const message = refusals[field](value);
    if (message !== undefined) throw new ApiError('unsupported_parameter', message, { param: field });
  }
}
