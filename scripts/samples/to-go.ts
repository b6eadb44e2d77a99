import { address, type SampleRequest, type Setup } from './request-plans.ts';
import { toJson } from './to-curl.ts';

const openai = 'github.com/openai/openai-go/v3';
const failure = 'if err != nil {\n\tlog.Fatal(err)\n}\n';

export function toGo({ method, path: [before, after], operator, plan }: SampleRequest): string {
  const query = plan.query === undefined ? '' : `?${plan.query}`;
  const url =
    after === undefined ? `"${address}${before}${query}"` : `"${address}${before}"+created.ID+"${after}${query}"`;
  const own = plan.setup === undefined ? undefined : creations[plan.setup];
  const statements = [
    ...(own
      ? [
          `client := openai.NewClient(${clientOptions})\n`,
          `${after === undefined ? '_' : 'created'}, err := ${own.call}`,
          failure,
        ]
      : []),
    ...(plan.body ? [`body := strings.NewReader(\`${toJson(plan.body)}\`)`] : []),
    `request, err := http.NewRequest("${method.toUpperCase()}", ${url.replace('+""', '')}, ${plan.body ? 'body' : 'nil'})`,
    failure.trimEnd(),
    ...(operator ? ['request.Header.Set("Authorization", "Bearer "+os.Getenv("OPERATOR_KEY"))'] : []),
    ...(plan.body ? ['request.Header.Set("Content-Type", "application/json")'] : []),
    'reply, err := http.DefaultClient.Do(request)',
    failure.trimEnd(),
    'defer reply.Body.Close()',
    'io.Copy(os.Stdout, reply.Body)',
  ];
  const standard = [...(own ? ['context'] : []), 'io', 'log', 'net/http', 'os', ...(plan.body ? ['strings'] : [])];
  return toProgram(standard, own ? [openai, ...own.packages] : [], statements.join('\n'));
}

export const clientOptions = `option.WithBaseURL("${address}/v1"), option.WithAPIKey("none")`;

/** Writes a program, indented like gofmt does. */
function toProgram(standard: string[], packages: string[], statements: string): string {
  const groups = [standard, packages].filter((group) => group.length > 0);
  const imports = groups.map((group) => group.map((name) => `\t"${name}"\n`).join('')).join('\n');
  const body = statements.trimEnd().replaceAll(/^(?=.)/gm, '\t');
  return `package main\n\nimport (\n${imports})\n\nfunc main() {\n${body}\n}\n`;
}

const option = `${openai}/option`;
const responses = `${openai}/responses`;
const input = (text: string): string => `responses.ResponseNewParamsInputUnion{OfString: openai.String("${text}")},`;
const newResponse = (...fields: string[]): string =>
  `client.Responses.New(context.Background(), responses.ResponseNewParams{\n${fields.map((field) => `\t${field}\n`).join('')}})`;

const creations: Record<Setup, { packages: string[]; call: string }> = {
  response: { packages: [option, responses], call: newResponse(`Input: ${input('Tell me a joke.')}`) },
  background: {
    packages: [option, responses],
    call: newResponse(`Input:      ${input('Tell me a joke.')}`, 'Background: openai.Bool(true),'),
  },
  long: {
    packages: [option, responses],
    call: newResponse(
      '// A script for the offline agent: an answer that takes 20 seconds.',
      `Input:      ${input('/tokens 1000 delay 20ms')}`,
      'Background: openai.Bool(true),',
    ),
  },
  conversation: {
    packages: [`${openai}/conversations`, option, responses],
    call: [
      'client.Conversations.New(context.Background(), conversations.ConversationNewParams{',
      '\tItems: []responses.ResponseInputItemUnionParam{',
      '\t\tresponses.ResponseInputItemParamOfMessage("I grow roses.", responses.EasyInputMessageRoleUser),',
      '\t},',
      '})',
    ].join('\n'),
  },
};
