import type { components, operations } from '../../generated/openapi.d.ts';

/** The named schemas of the contract. Only this file imports the generated types. */
export type Schemas = components['schemas'];

/** The webhooks, whose ids begin with `on`, are operations of their receivers. */
export type OperationId = Exclude<keyof operations, `on${string}`>;

export type Operations = operations;
