import type { Binding } from '../judge/bind-document.ts';
import type { Audit, Level } from './audit.ts';

/** Returns the level of an audit for a server that is bound by a contract. */
export function levelFor({ level, contract }: Pick<Audit, 'level' | 'contract'>, binding: Binding): Level {
  return contract === undefined || binding === 'both' || contract === binding ? level : 'SHOULD';
}
