import type { Dialect } from '../../test/agent/dialects/dialect.ts';

const head = `# Upstreams

This page lists the servers and services that speak Chat Completions, their peculiarities, and how
this server handles them. \`npm run generate\` writes it from the tests: each row has an upstream on
a socket that speaks and refuses as described.

The rows come from public documentation and bug reports. They were **not measured on the hosted
services**, which also change.

You need to configure nothing for them. When an upstream refuses a field by name, the server leaves it
out or renames it, and sends the request again at once. It remembers that for the agent until it
restarts, and logs it once as \`adapted requests to a refusal of the upstream\`. A setting that
changes the answer, such as \`seed\`, \`stop\` or a required tool, is never dropped: the client gets
the refusal.

For every chat upstream, the history is put right on its way out, and stays in the store as it was:

- Each output follows its call. A call without an output gets one that reports this.
- Arguments are JSON objects. Anything else becomes the member \`input\` of one.
- Consecutive answers are joined, empty ones left out, and the ids of calls are unique.
- Opaque data of a provider goes back to the agent that sent it.

To set something for good, see the settings of agents in [configuration](configuration.md).

| upstream | what was found | how it is handled |
|---|---|---|
`;

/** Returns the page with a row for each upstream. */
export function toUpstreamsPage(dialects: readonly Dialect[]): string {
  return head + dialects.map(toRow).join('');
}

function toRow({ name, findings }: Dialect): string {
  const toCell = (texts: string[]) =>
    texts.map((text, index) => (texts.length === 1 ? text : `${index + 1}. ${text}`)).join('<br>');
  const found = toCell(findings.map((finding) => finding.found));
  return `| ${name} | ${found} | ${toCell(findings.map(({ handled }) => handled))} |\n`;
}
