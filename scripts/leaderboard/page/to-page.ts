import { audits } from '../../../src/verify/catalogue.ts';
import { levelFor } from '../../../src/verify/level-for.ts';
import { entries } from '../entries/all.ts';
import type { Entry } from '../entry.ts';
import type { EntryResult } from '../result.ts';
import { sortResults, toScore, toShare } from '../score.ts';
import { toAnchor, toTable } from './markdown.ts';
import { toEntry } from './to-entry.ts';

const musts = audits.filter((audit) => levelFor(audit, 'openai') === 'MUST').length;

const method = `# Leaderboard

\`talaria verify\` against servers that install from npm or PyPI and run without a network. It's our
tool, and we fix our own server by it: Talaria's place shows that it passes its own checks, not that
it is the better server. Every failure links to the audit and to the public clause behind it, so you
can judge each yourself. If a server is blamed wrongly, that's a bug of ours: please report it.

\`npm run leaderboard -- --write\` makes this page. It installs each program, starts it with the
settings printed in its section, and runs \`talaria verify\` with its defaults: OpenAI's contract
binds; what only Open Responses requires is a SHOULD.

| column | meaning |
| --- | --- |
| MUST | passed / those that apply, of ${musts}. The table is sorted by their ratio, then by how many apply. |
| SHOULD | the same for what isn't binding |
| unsupported | the server reports that it doesn't support this; it doesn't count |
| inconclusive | the model behind it didn't cooperate, or the server was too busy |
| skipped | a precondition is missing, such as a second key |

A high ratio is easier to reach if few audits apply: a server with chat completions alone has less
to get wrong. So compare how many apply, too.

Gateways and agents need a model. It is the same for all: a Talaria with both APIs, in front of a
model that does exactly what the audits ask for. A gateway that forwards a request unchanged gets
that server's answer. Mocks have the settings with which they pass most. In the settings,
\`{upstream}\` is the address of that model, \`{port}\` the server's own port, \`{work}\` its
folder, \`{installed}\` that of its packages, and \`{scripts}\` this repository's \`scripts/\`.`;

/** Renders docs/leaderboard.md. */
export function toPage(results: readonly EntryResult[]): string {
  const sorted = sortResults(results.filter(({ name }) => entryOf(name) !== undefined));
  const sections = sorted.map((result) => toEntry(required(result.name), result));
  return `${[method, toOverview(sorted), ...sections].join('\n\n')}\n`;
}

/** Renders the table of all entries. */
export function toOverview(sorted: readonly EntryResult[]): string {
  const rows = sorted.map((result) => {
    const { title, kind } = required(result.name);
    const link = `[${title}](#${toAnchor(title)})`;
    if (result.skipped !== undefined)
      return [link, kind, result.version, result.date, 'no figures', '', '', '', '', ''];
    const must = toScore(result, { level: 'MUST' });
    const should = toScore(result, { level: 'SHOULD' });
    return [
      link,
      kind,
      result.version,
      result.date,
      `${(toShare(must) * 100).toFixed(1)} %`,
      `${must.passed} / ${must.applied}`,
      `${should.passed} / ${should.applied}`,
      must.unsupported + should.unsupported,
      must.inconclusive + should.inconclusive,
      must.skipped + should.skipped,
    ];
  });
  const head = ['server', 'kind', 'version', 'date', 'of its MUSTs', 'MUST', 'SHOULD'];
  return toTable([...head, 'unsupported', 'inconclusive', 'skipped'], rows);
}

function entryOf(name: string): Entry | undefined {
  return entries.find((entry) => entry.name === name);
}

function required(name: string): Entry {
  const entry = entryOf(name);
  if (entry === undefined) throw new Error(`No entry is named ${name}.`);
  return entry;
}
