import OpenAI from 'openai';
import { startServer } from '../sdk-check/start-server.ts';
import type { Finding, Outcome } from './finding.ts';
import { prismVersion, startPrism } from './prism.ts';
import { statefulCalls, statelessCalls } from './sdk-calls.ts';

interface Violation {
  location: (string | number)[];
  message: string;
}

const calls = [...statelessCalls, ...statefulCalls];

/** Lets the official SDK use this server through Prism, which reports every violation in a header. */
export async function prismProxy(folder: string): Promise<Outcome> {
  using server = await startServer();
  using prism = await startPrism(folder, server.url);
  const findings: Finding[] = [];
  let replies = 0;
  const note: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await fetch(request);
    replies += 1;
    const violations: Violation[] = JSON.parse(response.headers.get('sl-violations') ?? '[]');
    for (const { location, message } of violations) {
      // The SDK is made to send invalid requests, too.
      if (location[0] === 'request' && response.status === 400) continue;
      const operation = `${request.method} ${new URL(request.url).pathname}`;
      findings.push({ tool: 'prism proxy', operation, text: `${response.status} ${location.join('.')}: ${message}` });
    }
    return response;
  };
  const client = new OpenAI({ baseURL: `${prism.url}/v1`, apiKey: 'any', maxRetries: 0, fetch: note });
  for (const { name, run } of calls) {
    await run(client).catch((error: unknown) => {
      findings.push({ tool: 'prism proxy', operation: name, text: String(error) });
    });
  }
  const summary = `${prismVersion}: ${calls.length} uses of the SDK, ${replies} replies`;
  return { tool: 'prism proxy', summary, findings };
}
