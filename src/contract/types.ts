import type { components, operations } from '../../generated/openapi.d.ts';

/** Every named schema of the contract. The one door to the generated types. */
export type Schemas = components['schemas'];

export type OperationId = keyof operations;

export type Operations = operations;
