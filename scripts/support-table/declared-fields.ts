import { chatFields } from '../../src/chat/plan/request-fields.ts';
import type { Disposition } from '../../src/contract/request-fields.ts';
import { compactionFields, responseFields } from '../../src/responses/plan/request-fields.ts';
import type { Verdict } from './probe.ts';

type Table = Readonly<Record<string, Disposition>>;

/**
 * The tables that the server itself translates by, by path. Token counting has none here: the probed values of some of its
 * fields, such as `text`, change no count.
 */
const declared: Readonly<Record<string, Table>> = {
  '/chat/completions': chatFields,
  '/responses': responseFields,
  '/responses/compact': compactionFields,
};

const kinds: Readonly<Record<Disposition, Verdict['kind']>> = {
  upstream: 'supported',
  here: 'supported',
  echoed: 'reported',
  ignored: 'ignored',
  refused: 'refused',
};

/** Throws when a probe found something else than the server's table declares for this field. */
export function checkDeclared(path: string, field: string, { kind }: Verdict): void {
  const disposition = declared[path]?.[field];
  if (disposition === undefined || kinds[disposition] === kind) return;
  throw new Error(`${field} of ${path} is declared '${disposition}', but the probe found it ${kind}.`);
}
