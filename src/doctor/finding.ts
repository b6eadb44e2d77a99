/** `pass`: works. `note`: works with a limitation. `fail`: requests fail. */
export type Verdict = 'pass' | 'note' | 'fail';

/** The names of the checks, in the order in which they run. */
export const checkNames = [
  'reachable',
  'url',
  'credentials',
  'models',
  'api',
  'answer',
  'stream',
  'usage',
  'format',
  'tools',
  'runs',
  'agents',
  'hosted',
] as const;

export type CheckName = (typeof checkNames)[number];

/** The result of one check. */
export interface Finding {
  check: CheckName;
  verdict: Verdict;
  message: string;
  /** The setting to change, or what to do about the agent. */
  remedy?: string;
}

export const pass = (check: CheckName, message: string): Finding => ({ check, verdict: 'pass', message });

export const note = (check: CheckName, message: string, remedy?: string): Finding => ({
  check,
  verdict: 'note',
  message,
  ...(remedy === undefined ? {} : { remedy }),
});

export const fail = (check: CheckName, message: string, remedy: string): Finding => ({
  check,
  verdict: 'fail',
  message,
  remedy,
});
