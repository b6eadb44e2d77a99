import type { Finding } from './finding.ts';

interface Line {
  ScenarioFinished?: {
    recorder: {
      /** Method and path. */
      label: string;
      cases?: Record<string, unknown>;
      checks?: Record<string, Check[]>;
      interactions?: Record<string, Interaction>;
    };
  };
}

interface Check {
  status: string;
  failure_info?: { failure: { code?: string; title: string; message: string } };
}

interface Interaction {
  response?: { content?: { $base64: string } | null } | null;
}

/** Reads the NDJSON report of a run: the number of its cases, and its findings, each once for an operation. */
export function readSchemathesisReport(report: string): { cases: number; findings: Finding[] } {
  let cases = 0;
  const findings = new Map<string, Finding>();
  for (const line of report.split('\n').filter(Boolean)) {
    // The format is the tool's; a change shows as a report without cases.
    const recorder = (JSON.parse(line) as Line).ScenarioFinished?.recorder;
    if (!recorder) continue;
    cases += Object.keys(recorder.cases ?? {}).length;
    for (const [id, checks] of Object.entries(recorder.checks ?? {})) {
      for (const { status, failure_info: info } of checks) {
        if (status !== 'failure' || !info) continue;
        const text = toText(info.failure, recorder.interactions?.[id]);
        findings.set(`${recorder.label} ${text}`, { tool: 'schemathesis', operation: recorder.label, text });
      }
    }
  }
  return { cases, findings: [...findings.values()] };
}

/** Returns the failure with the server's message. Omits generated values, so that runs can be compared. */
function toText(
  { code, title, message }: { code?: string; title: string; message: string },
  interaction?: Interaction,
) {
  const isReply = title.includes('rejected') || title === 'Server error';
  const detail = (isReply && readMessage(interaction)) || message.split('\n').at(-1);
  const text = [code, title].filter(Boolean).join(' ');
  return detail ? `${text}: ${detail.replaceAll(/'[^']{24,}'/g, "'…'")}` : text;
}

/** Returns the message of the error that the server sent. */
function readMessage({ response }: Interaction = {}): string | undefined {
  const body = response?.content?.$base64;
  if (body === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(body, 'base64').toString()).error?.message;
  } catch {
    // Not JSON.
    return undefined;
  }
}
