import type { limits } from '../../config/limits.ts';

/** The bounds of `config/limits.ts` that concern upstreams, under the same names. */
export type UpstreamLimits = {
  [Name in keyof typeof limits as Name extends `upstream${string}` ? Name : never]: number;
};
