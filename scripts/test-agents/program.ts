import type { ScriptedModel } from './scripted-model.ts';

/** The columns of the table. */
/** The scenarios of the agents. */
export const agentScenarios = [
  'plain',
  'streamed',
  'tools',
  'chain',
  'cancel',
  'structured output',
  'background',
  'resume',
  'two tenants',
] as const;

/** All scenarios: those of the clients. An agent does not see which tools the server runs. */
export const scenarioNames = [...agentScenarios, 'mcp'] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** Why a scenario cannot pass with a program: a property of the program, shown as a footnote. */
export type Limitations = Partial<Record<ScenarioName, string>>;

/** Where programs are installed, and where they keep their files. */
export interface Place {
  /** Kept between runs. */
  installed: string;
  /** Removed after the run. */
  scratch: string;
}

/** An agent that is up and running. */
export interface RunningAgent extends AsyncDisposable {
  version: string;
  /** Talaria's settings for it. */
  settings: Record<string, string>;
  /** Its tools write here, if it has any. */
  workFolder?: string;
}

export interface AgentProgram {
  name: string;
  /** How it is put behind Talaria. */
  title: string;
  /** `scripted`: its model does what the prompt says. `random`: its model writes nonsense. */
  model: 'scripted' | 'random';
  /** How tools are tested: the client's, called when asked or forced; the agent's own terminal; or only accepted. */
  tools: 'called' | 'forced' | 'own' | 'accepted';
  limitations: Limitations;
  /** Installs and starts it. Throws `Skipped` where that is impossible. */
  start(place: Place, model: ScriptedModel): Promise<RunningAgent>;
}

/** A scenario's outcome. `reason` explains a failure. */
export interface Cell {
  outcome: 'pass' | 'fail';
  reason?: string;
}

export interface Row {
  name: string;
  title: string;
  version?: string;
  skipped?: string;
  cells: Partial<Record<ScenarioName, Cell>>;
  limitations: Limitations;
}
