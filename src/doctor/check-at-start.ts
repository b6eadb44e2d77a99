import { createUpstreamProbe } from '../agent/upstream/upstream-probe.ts';
import type { Config } from '../config/config.ts';
import type { UpstreamConfig } from '../config/to-agent-config.ts';
import type { Log } from '../log.ts';
import { checkModels } from './checks/check-models.ts';
import { checkReach } from './checks/check-reach.ts';
import { doctorLimits } from './doctor-limits.ts';
import type { Finding } from './finding.ts';
import { type SettingsPlace, Subject } from './subject.ts';

/**
 * Asks every agent behind an API for its models and logs one line for each: whether it can be reached, accepts the
 * credentials, and lists the configured model. Costs no tokens. Never rejects.
 */
export async function checkAtStart(agents: Config['agents'], place: SettingsPlace, log: Log): Promise<void> {
  const checks = [...agents].flatMap(([name, config]) =>
    config.kind === 'upstream' ? checkAgent(name, config, place, log) : [],
  );
  await Promise.all(checks);
}

async function checkAgent(name: string, config: UpstreamConfig, place: SettingsPlace, log: Log): Promise<void> {
  await using probe = createUpstreamProbe(config);
  const subject = new Subject({ name, config, probe, place, timeoutMs: doctorLimits.startTimeoutMs });
  const reach = await checkReach(subject);
  const findings = reach.isUsable
    ? [...reach.findings, ...checkModels(reach.models, subject).findings]
    : reach.findings;
  const problem =
    findings.find(({ verdict }) => verdict === 'fail') ?? findings.find(({ verdict }) => verdict === 'note');
  const details = { agent: name, api: config.api, models: reach.models?.length };
  if (problem === undefined) log.info({ ...details, status: 'ok' }, 'agent checked');
  else log.warn({ ...details, ...toFields(problem) }, 'agent checked');
}

const toFields = ({ check, message, remedy }: Finding) => ({ status: check, reason: message, remedy });
