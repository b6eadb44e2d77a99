import { ConfigError } from '../config-error.ts';

/** `restart` is the earlier name of `resume`. */
export function toResumes(text: string): boolean {
  if (['resume', 'restart', 'fail'].includes(text)) return text !== 'fail';
  throw new ConfigError(`RUN_RECOVERY=${text} is invalid: expected "resume" or "fail".`);
}
