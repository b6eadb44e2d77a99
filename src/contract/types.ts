import type { components, operations } from '../../generated/openapi.d.ts';

/** The named schemas of the contract. Only this file imports the generated types. */
export type Schemas = components['schemas'];

export type OperationId = keyof operations;

export type Operations = operations;
