import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type OpenAI from 'openai';
import type { Response } from 'openai/resources/responses/responses';
import type { AgentProgram, RunningAgent } from '../program.ts';
import type { ModelRequest } from '../scripted-model.ts';

/** The servers and clients of a scenario. */
export interface ScenarioContext {
  program: AgentProgram;
  agent: RunningAgent;
  /** The clients of two tenants. */
  acme: OpenAI;
  lab: OpenAI;
  /** The requests that the scripted model has received. */
  requests: ModelRequest[];
}

export type Scenario = (context: ScenarioContext) => Promise<void>;

/** Random models do not stop. */
export const answerTokens = 32;

/** The result of `responses.create` without a stream. */
export type Answered = Response;

/** Asserts that an answer is whole. The answers of a random model end at their limit. */
export function assertAnswered({ program }: ScenarioContext, response: Answered, text: string): void {
  if (program.model === 'random') {
    const { status, incomplete_details: details } = response;
    assert.ok(
      status === 'completed' || details?.reason === 'max_output_tokens',
      `status ${status}: ${describe(response)}`,
    );
    assert.notEqual(response.output_text, '', 'the answer is empty');
    return;
  }
  assert.equal(response.status, 'completed', describe(response));
  assert.ok(response.output_text.includes(text), `expected "${text}" in "${response.output_text}"`);
}

const describe = ({ error, incomplete_details: details }: Answered): string =>
  error?.message ?? details?.reason ?? 'no reason';

/** Polls until `check` holds. */
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`${what} within 20 s: no`);
    await delay(50);
  }
}

/** The texts of the last request that the scripted model received. */
export const lastRequest = ({ requests }: ScenarioContext): string => JSON.stringify(requests.at(-1)?.messages ?? []);
