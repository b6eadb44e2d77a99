/** In the package this file holds the generated types themselves. */
export type { components, operations, paths } from '../../../generated/openapi.d.ts';
