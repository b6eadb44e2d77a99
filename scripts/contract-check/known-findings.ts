import type { KnownFinding } from './finding.ts';

/** Findings that are no defects, each with its reason. */
export const knownFindings: KnownFinding[] = [];
