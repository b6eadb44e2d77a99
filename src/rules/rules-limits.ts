/** The bounds of rules, with the problem that each prevents. */
export const rulesLimits = {
  /** A rules file. Prevents a wrong path, such as that of a log, from filling memory. */
  fileBytes: 64 * 1024 * 1024,
  /** The longest delay of a reply. Prevents a rule from occupying a run slot for hours. */
  delayMs: 600_000,
  /** Characters of one template. Prevents templates that take long to parse. */
  templateCharacters: 1_000_000,
  /** Tags and outputs of one template. Prevents analysing their variables, in quadratic time, from blocking the server. */
  templateTags: 2_000,
  /** Rendering of one template. Prevents loops of a template from blocking the server. */
  templateMs: 1_000,
  /** Objects that a template may create. Prevents loops of a template from filling memory. */
  templateMemory: 10_000_000,
  /** Rules that an error and a verdict explain. Prevents messages as long as the file. */
  misses: 5,
  /** Characters of a text that an explanation quotes. Prevents messages as long as a prompt. */
  quoteCharacters: 100,
  /** After a change of a file, until it is read. Prevents reading a file that an editor is still writing. */
  settleMs: 50,
} as const;
