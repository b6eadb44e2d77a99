import { address, type SampleRequest, type Setup, setups } from './request-plans.ts';

const pythonClient = `client = OpenAI(base_url="${address}/v1", api_key="none")\n`;

export function toPython({ method, path: [before, after], operator, plan }: SampleRequest): string {
  const query = plan.query === undefined ? '' : `?${plan.query}`;
  const url =
    after === undefined ? `"${address}${before}${query}"` : `f"${address}${before}{created.id}${after}${query}"`;
  const words = [
    url,
    ...(operator ? [`headers={"Authorization": f"Bearer {os.environ.get('OPERATOR_KEY')}"}`] : []),
    ...(plan.body ? [`json=${toLiteral(plan.body)}`] : []),
  ];
  const call = words.length === 1 ? url : `\n${words.map((word) => `    ${word},\n`).join('')}`;
  const request = `reply = httpx.${method}(${call})\nprint(reply.text)\n`;
  const modules = `${operator ? 'import os\n\n' : ''}import httpx  # pip install httpx\n`;
  if (plan.setup === undefined) return `${modules}\n${request}`;
  return `${modules}from openai import OpenAI\n\n${pythonClient}\n${createFirst(plan.setup, after !== undefined)}\n\n${request}`;
}

function createFirst(setup: Setup, named: boolean): string {
  const { path, body, comment } = setups[setup];
  const words = Object.entries(body).map(([name, value]) => `${name}=${toLiteral(value)}`);
  const call = `${named ? 'created = ' : ''}client.${path.slice('/v1/'.length)}.create(${words.join(', ')})`;
  return `${comment === undefined ? '' : `# ${comment}\n`}${call}`;
}

function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toLiteral).join(', ')}]`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${toLiteral(field)}`);
  return `{${fields.join(', ')}}`;
}
