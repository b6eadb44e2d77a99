/**
 * Talaria in the tests of your program: a server in the process of the tests, with rules for its answers and a journal
 * of its requests.
 *
 *     await using talaria = await startTalaria({ rules: [{ when: { message: 'Hi' }, reply: { text: 'Hello!' } }] });
 *     const openai = new OpenAI(talaria.clientOptions);
 *     // … the program under test …
 *     await talaria.journal.verify({ message: 'Hi' }, { count: 1 });
 */
export { AdminError } from './admin-client.ts';
export { type ConnectOptions, connectTalaria } from './connect-talaria.ts';
export type { Journal, JournalEntry, JournalMatch, ListOptions, VerifyOptions, WaitOptions } from './journal.ts';
export type { Rule, RuleReport, RuleSet, Rules } from './rules.ts';
export { startTalaria, type TalariaOptions, type TalariaServer } from './start-talaria.ts';
export type { ClientOptions, Talaria } from './talaria.ts';
