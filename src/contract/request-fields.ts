/**
 * The effect of a request field. The first that applies names the field:
 *
 * - `upstream`: its value reaches the agent.
 * - `here`: this server acts on it.
 * - `echoed`: the reply reports it back, with no other effect.
 * - `ignored`: accepted without effect.
 * - `refused`: some or all of its values fail with `unsupported_parameter`.
 */
export type Disposition = 'upstream' | 'here' | 'echoed' | 'ignored' | 'refused';

/** A table of every field of a request. A field that the contract adds does not compile until it has a row. */
export type RequestFields<Request> = { readonly [Field in keyof Request]-?: Disposition };

/** The names of the fields with this disposition. */
export type FieldsOf<Table, Wanted extends Disposition> = {
  [Field in keyof Table]: Table[Field] extends Wanted ? Field : never;
}[keyof Table];
