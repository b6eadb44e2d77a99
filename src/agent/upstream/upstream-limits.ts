import type { limits } from '../../config/limits.ts';

/** The bounds of `config/limits.ts` that are about an upstream, by the same names. */
export type UpstreamLimits = {
  [Name in keyof typeof limits as Name extends `upstream${string}` ? Name : never]: number;
};
