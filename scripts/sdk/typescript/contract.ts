/** Replaced by the generated types in the package. */
export type { components, operations, paths } from '../../../generated/openapi.d.ts';
