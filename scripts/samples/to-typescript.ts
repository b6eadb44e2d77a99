import { address, type SampleRequest, type Setup, setups } from './request-plans.ts';

const typescriptClient = `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${address}/v1', apiKey: 'none' });
`;

export function toTypescript({ method, path: [before, after], operator, plan }: SampleRequest): string {
  const query = plan.query === undefined ? '' : `?${plan.query}`;
  const url = after === undefined ? `'${address}${before}${query}'` : `\`${address}${before}\${id}${after}${query}\``;
  const headers = [
    ...(operator ? [`Authorization: \`Bearer \${process.env.OPERATOR_KEY}\``] : []),
    ...(plan.body ? ["'Content-Type': 'application/json'"] : []),
  ].join(', ');
  const options = [
    ...(method === 'get' ? [] : [`method: '${method.toUpperCase()}'`]),
    ...(headers ? [`headers: { ${headers} }`] : []),
    ...(plan.body ? [`body: JSON.stringify(${toLiteral(plan.body)})`] : []),
  ];
  const call = options.length === 0 ? url : `${url}, {\n${options.map((option) => `  ${option},\n`).join('')}}`;
  const request = `const reply = await fetch(${call});\nconsole.log(JSON.stringify(await reply.json(), null, 2));\n`;
  return plan.setup === undefined
    ? request
    : `${typescriptClient}\n${createFirst(plan.setup, after !== undefined)}\n\n${request}`;
}

function createFirst(setup: Setup, named: boolean): string {
  const { path, body, comment } = setups[setup];
  const resource = path.slice('/v1/'.length);
  return `${comment === undefined ? '' : `// ${comment}\n`}${named ? 'const { id } = ' : ''}await client.${resource}.create(${toLiteral(body)});`;
}

/** Writes a value as this code does. */
function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toLiteral).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${toLiteral(field)}`);
  return `{ ${fields.join(', ')} }`;
}
