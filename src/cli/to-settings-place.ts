import { readEnvironment } from '../config/env.ts';
import type { SettingsPlace } from '../doctor/subject.ts';

/** Returns where the agents are configured. They are never in both places. */
export const toSettingsPlace = (): SettingsPlace => (readEnvironment().agentUrl === undefined ? 'file' : 'environment');
