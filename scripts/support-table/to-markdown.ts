import type { ContractIndex, IndexedOperation, Source } from './contract-index.ts';
import type { SeenOutput } from './observe-output.ts';
import type { Verdict } from './probe.ts';
import type { ProbedOperation } from './probe-operations.ts';

export interface Findings {
  index: ContractIndex;
  operations: ProbedOperation[];
  inputItems: Map<string, Verdict>;
  tools: Map<string, Verdict>;
  toolChoices: Map<string, Verdict>;
  webSocket: Verdict;
  seen: SeenOutput;
  /** Returns the reason why an event is never sent. Throws when none is listed. */
  whyUnsent(event: string): string;
}

const preamble = `# What is supported

The effect of every operation, request field, item, tool and stream event that OpenAI's text API and
Open Responses define. \`npm run support-table\` generates this page: it sends each request with and
without the part in question, and compares the replies, the requests to the agent, and the stored
resources.

- **supported**: it has its defined effect.
- **reported back**: the reply reports it as sent; it has no other effect.
- **ignored**: accepted without effect.
- **refused**: the request fails with this status and code.

The agent behind the server was a chat model that supports every setting; yours may reject some. An
ignored item is stored, but the agent does not see it. An agent that speaks the Responses API gets
every item and tool as it was sent, those marked as ignored and \`mcp\` too, and its hosted items and
events reach the client.
`;

export function toMarkdown(findings: Findings): string {
  const { index } = findings;
  const sections = [
    preamble,
    `## Operations\n\n${operationTable(findings)}`,
    `## Request fields\n\n${findings.operations.map(fieldSection).filter(Boolean).join('\n')}`,
    `## Input items\n\n${verdictTable('item', findings.inputItems, index.inputItems)}`,
    `## Output items\n\n${outputTable(findings)}`,
    `## Tools\n\n${verdictTable('tool', findings.tools, index.tools)}`,
    `## Tool choices\n\n${verdictTable('`tool_choice` of type', findings.toolChoices, index.toolChoices)}`,
    `## Stream events\n\n${eventTable(findings)}`,
  ];
  return `${sections.map((section) => section.trim()).join('\n\n')}\n`;
}

function operationTable({ index, operations, webSocket }: Findings): string {
  const rows = operations.map(({ operation, verdict }) => [toTitle(operation), named(operation.in), words(verdict)]);
  return table('operation', [...rows, ['`GET /responses` as a WebSocket', named(index.webSocket), words(webSocket)]]);
}

function verdictTable(head: string, verdicts: Map<string, Verdict>, sources: Record<string, Source[]>): string {
  return table(
    head,
    [...verdicts].map(([name, verdict]) => [`\`${name}\``, named(sources[name]), words(verdict)]),
  );
}

function outputTable({ index, seen }: Findings): string {
  const toRow = ([kind, sources]: [string, Source[]]) => [
    `\`${kind}\``,
    named(sources),
    seen.items.has(kind) ? 'supported' : 'passed on from an agent that speaks the Responses API',
  ];
  return table('item', Object.entries(index.outputItems).map(toRow));
}

function eventTable({ index, seen, whyUnsent }: Findings): string {
  const toRow = ([event, sources]: [string, Source[]]) => [
    `\`${event}\``,
    named(sources),
    seen.events.has(event) ? 'supported' : `not generated: ${whyUnsent(event)}`,
  ];
  return table('event', Object.entries(index.events).map(toRow));
}

const toTitle = ({ method, path }: IndexedOperation): string => `\`${method.toUpperCase()} ${path}\``;

function fieldSection({ operation, fields, query }: ProbedOperation): string {
  const rows = [
    ...[...query].map(([name, verdict]) => [`\`?${name}\``, named(operation.query[name]), words(verdict)]),
    ...[...fields].map(([name, verdict]) => [`\`${name}\``, named(operation.body[name]), words(verdict)]),
  ];
  if (rows.length === 0) return '';
  return `### ${toTitle(operation)}\n\n${table('field', rows)}`;
}

function words(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'supported':
    case 'ignored':
      return verdict.kind;
    case 'reported':
      return 'reported back';
    case 'refused':
      return `refused: ${verdict.status} \`${verdict.code}\``;
    default:
      return verdict satisfies never;
  }
}

function named(sources: Source[] | undefined): string {
  return sources?.join(', ') ?? '';
}

function table(head: string, rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
  return line([head, 'named by', 'here']) + line(['---', '---', '---']) + rows.map(line).join('');
}
