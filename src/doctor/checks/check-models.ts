import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, fail, note, pass } from '../finding.ts';
import type { Subject } from '../subject.ts';

export interface ModelChoice {
  findings: Finding[];
  /** The model that requests without one use; `undefined` if there is none. */
  model: string | undefined;
}

/** Checks the configured model against the agent's list. `listed` is `undefined` for an agent without a list. */
export function checkModels(listed: readonly string[] | undefined, subject: Subject): ModelChoice {
  const { model, settings } = subject.config;
  const configured = model === undefined ? (settings.models ?? []) : [model];
  const [first] = configured;
  if (listed === undefined) return { findings: [], model: first };
  if (first === undefined) return chooseListed(listed, subject);
  const missing = configured.filter((id) => !listed.includes(id));
  if (missing.length === 0) {
    return { findings: [pass('models', `${configured.join(', ')} (of ${listed.length})`)], model: first };
  }
  const setting = subject.settingName(model === undefined ? 'models' : 'model');
  // A list may omit models that work: aliases, or those of a provider with a catalogue of its own.
  const message = `the agent does not list ${missing.join(', ')}; it lists ${show(listed)}`;
  return { findings: [note('models', message, `check ${setting}`)], model: first };
}

function chooseListed(listed: readonly string[], subject: Subject): ModelChoice {
  const [first] = listed;
  if (first !== undefined) return { findings: [pass('models', show(listed))], model: first };
  const remedy = `load a model in the agent, or set ${subject.setting('model', 'NAME')}`;
  return { findings: [fail('models', 'the agent lists no models', remedy)], model: undefined };
}

function show(ids: readonly string[]): string {
  if (ids.length === 0) return 'none';
  const { shownModels: most } = doctorLimits;
  return ids.length > most ? `${ids.slice(0, most).join(', ')} and ${ids.length - most} more` : ids.join(', ');
}
