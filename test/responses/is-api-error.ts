import assert from 'node:assert/strict';
import { APIError } from 'openai';

/** For `assert.rejects`: what the SDK throws for an error of the server's. */
export function isApiError(status: number, code: string, param: string | null = null): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof APIError, `not an error of the API: ${error}`);
    assert.deepEqual([error.status, error.code, error.param], [status, code, param], error.message);
    return true;
  };
}
