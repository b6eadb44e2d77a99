import type { Finding, KnownFinding, Outcome } from './finding.ts';

export interface Verdict {
  /** Findings that no known one explains. They fail the check. */
  unknown: Finding[];
  /** Known findings of a tool that ran, and did not report them. */
  gone: KnownFinding[];
  /** How many findings each known one explains. */
  explained: Map<KnownFinding, number>;
}

/** Separates known findings from unknown ones. The first known finding that matches explains one. */
export function judgeFindings(outcomes: readonly Outcome[], known: readonly KnownFinding[]): Verdict {
  const explained = new Map<KnownFinding, number>();
  const unknown: Finding[] = [];
  for (const finding of outcomes.flatMap(({ findings }) => findings)) {
    const reason = known.find((candidate) => explains(candidate, finding));
    if (reason) explained.set(reason, (explained.get(reason) ?? 0) + 1);
    else unknown.push(finding);
  }
  const ran = new Set(outcomes.map(({ tool }) => tool));
  const gone = known.filter((entry) => ran.has(entry.tool) && !entry.occasional && !explained.has(entry));
  return { unknown, gone, explained };
}

function explains(known: KnownFinding, { tool, operation, text }: Finding): boolean {
  return known.tool === tool && (known.operation?.test(operation) ?? true) && known.text.test(text);
}
