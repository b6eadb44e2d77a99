import type { Disposition, FieldsOf } from '../../contract/request-fields.ts';

type Effective<Table> = FieldsOf<Table, 'upstream' | 'here'>;

/** Returns the fields of a request that `table` marks `upstream` or `here`. */
export function pickEffective<Table extends Readonly<Record<string, Disposition>>, Request extends object>(
  request: Request,
  table: Table,
): Pick<Request, Effective<Table> & keyof Request> {
  const entries = Object.entries(request).filter(([field]) => isEffective(table[field]));
  // Every entry is a field of the request, so the object is a part of it.
  return Object.fromEntries(entries) as Pick<Request, Effective<Table> & keyof Request>;
}

const isEffective = (effect: Disposition | undefined): boolean => effect === 'upstream' || effect === 'here';
