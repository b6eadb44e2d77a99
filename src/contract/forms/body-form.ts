import { ApiError } from '../../errors/api-error.ts';

export type Fields = Record<string, unknown>;

/** The ways in which clients write the bodies of one API, besides the contract's. */
export interface BodyForm {
  /** Returns a body written for the other API in this API's form, any other body as it is. Called for every body. */
  adopt?(body: Fields): Fields;
  /** The fields of the other API, each with the sentence that names the right place. */
  moved: Readonly<Record<string, string>>;
  /** Rewrites the parts of a body whose form breaks the contract but can mean only one thing. */
  rewrite(body: Fields): Fields;
}

/** Throws `unsupported_parameter` for a field of the other API: ignoring it would change the answer silently. */
export function refuseMoved(body: Fields, moved: BodyForm['moved']): void {
  for (const field in moved) {
    const value = body[field];
    if (isEmpty(value)) continue;
    throw new ApiError('unsupported_parameter', `Unsupported parameter: '${field}'. ${moved[field]}`, { param: field });
  }
}

/** Whether a value changes nothing. Clients send such defaults for every field. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === '';
}
