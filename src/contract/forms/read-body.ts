import { keepDigits } from '../../json/exact-numbers.ts';
import { isObject } from '../../json/is-object.ts';
import { createValueCheck } from '../check-value.ts';
import type { Contract } from '../load-contract.ts';
import type { Schema } from '../schema.ts';
import { type BodyForm, refuseMoved } from './body-form.ts';

/**
 * Creates a function that checks a body against a schema of the contract and returns it in the contract's form. Only a
 * body that breaks the contract is rewritten, so valid bodies pay nothing. Throws an ApiError for a body that is
 * invalid either way. See docs/decisions/2026-11-29-lenient-bodies.md.
 */
export function createBodyReader(
  contract: Pick<Contract, 'document' | 'prepared'>,
  schema: Schema,
  form?: BodyForm,
): (body: unknown) => unknown {
  const check = createValueCheck(contract, schema);
  return (sent) => {
    if (!form || !isObject(sent)) {
      check(sent);
      return sent;
    }
    const body = keepDigits(sent, form.adopt?.(sent) ?? sent);
    refuseMoved(body, form.moved);
    try {
      check(body);
      return body;
    } catch {
      const rewritten = keepDigits(body, form.rewrite(body));
      check(rewritten);
      return rewritten;
    }
  };
}
