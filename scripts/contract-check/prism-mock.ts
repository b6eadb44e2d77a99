import OpenAI from 'openai';
import { checkedFetch } from '../../test/helpers/contract-check.ts';
import type { Outcome } from './finding.ts';
import { prismVersion, startPrism } from './prism.ts';
import { statelessCalls } from './sdk-calls.ts';

/** Lets the official SDK use the contract's examples, as Prism serves them. Every reply is checked. */
export async function prismMock(folder: string): Promise<Outcome> {
  using prism = await startPrism(folder);
  const client = new OpenAI({ baseURL: `${prism.url}/v1`, apiKey: 'any', maxRetries: 0, fetch: checkedFetch });
  const findings: Outcome['findings'] = [];
  for (const { name, run } of statelessCalls) {
    await run(client).catch((error: unknown) => {
      findings.push({ tool: 'prism mock', operation: name, text: String(error) });
    });
  }
  return { tool: 'prism mock', summary: `${prismVersion}: ${statelessCalls.length} uses of the SDK`, findings };
}
