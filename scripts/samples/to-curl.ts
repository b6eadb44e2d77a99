import { address, type SampleRequest, type Setup, setups } from './request-plans.ts';

const json = "-H 'Content-Type: application/json'";
const continued = ' \\\n  ';

export function toCurl({ method, path: [before, after], operator, plan }: SampleRequest): string {
  const query = plan.query === undefined ? '' : `?${plan.query}`;
  const url = after === undefined ? `${address}${before}${query}` : `${address}${before}$id${after}${query}`;
  const quoted = /[$?&]/.test(url) ? `"${url}"` : url;
  const implied = plan.body ? 'post' : 'get';
  const verb = method === implied ? '' : `-X ${method.toUpperCase()} `;
  const command = [
    `curl ${verb}${quoted}`,
    ...(operator ? ['-H "Authorization: Bearer $OPERATOR_KEY"'] : []),
    ...(plan.body ? [json, `-d '${toJson(plan.body)}'`] : []),
  ].join(continued);
  return plan.setup === undefined ? `${command}\n` : `${createFirst(plan.setup, after !== undefined)}\n\n${command}\n`;
}

function createFirst(setup: Setup, named: boolean): string {
  const { path, body, comment } = setups[setup];
  const command = [`curl -s ${address}${path}`, json, `-d '${toJson(body)}'`].join(continued);
  const first = named ? `id=$(${command} | jq -r .id)` : `${command} > /dev/null`;
  return `${comment === undefined ? '' : `# ${comment}\n`}${first}`;
}

/** Writes JSON with spaces, as people do. */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${toJson(field)}`);
  return `{ ${fields.join(', ')} }`;
}
