import {
  defaultUpstreamSettings,
  type UpstreamApi,
  type UpstreamSettings,
} from '../../src/config/upstream-settings.ts';
import { examineAgent } from '../../src/doctor/examine-agent.ts';
import type { CheckName, Finding } from '../../src/doctor/finding.ts';

interface ExamineOptions {
  apiKey?: string;
  model?: string;
  api?: UpstreamApi;
  settings?: Partial<UpstreamSettings>;
  runs?: number;
  timeoutMs?: number;
  place?: 'environment' | 'file';
}

const schemas = { bytes: 262_144, checkMs: 1000, checkMegabytes: 128 };

/** Examines an agent, and returns its findings by check. */
export async function examine(url: string, options: ExamineOptions = {}): Promise<Map<CheckName, Finding>> {
  const { apiKey, model, api = 'chat-completions', settings, runs = 3, timeoutMs = 5000 } = options;
  const config = {
    kind: 'upstream' as const,
    api,
    url,
    apiKey,
    model,
    settings: { ...defaultUpstreamSettings, ...settings },
  };
  const place = options.place ?? 'environment';
  const findings = new Map<CheckName, Finding>();
  for await (const finding of examineAgent('hermes', config, { place, timeoutMs, runs, schemas })) {
    findings.set(finding.check, finding);
  }
  return findings;
}
