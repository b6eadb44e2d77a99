import { stringify } from 'yaml';
import { contractForms, exportContract, isContractForm } from '../contract/export/export-contract.ts';
import { loadContract } from '../contract/load-contract.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';

const help = `Usage: talaria openapi [OPTIONS]

Print the OpenAPI contract (3.1) as YAML.

Options:
  --for FORM   Print it in another form. Join forms with commas: generators,3.0
                 generators  loosened for generators of clients: without the unions, defaults and
                             second media types that they don't support
                 3.0         OpenAPI 3.0.3, for tools that don't read 3.1; without webhooks
                 3.2         OpenAPI 3.2, which describes the events of streams (itemSchema)
  --json       Print JSON
  -h, --help   Print this help
`;

export const openapi: Command = {
  async run(args) {
    const options = { json: { type: 'boolean', default: false }, for: { type: 'string' } } as const;
    const words = parseWords({ args, help, options });
    if (words === undefined) return 0;
    const { json, for: names } = words.values;
    process.stdout.write(names === undefined ? readPublished(json) : printForm(toForms(names), json));
    return 0;
  },
};

function readPublished(asJson: boolean): string {
  const contract = loadContract();
  return asJson ? contract.readJson() : contract.readYaml();
}

function printForm(forms: ReturnType<typeof toForms>, asJson: boolean): string {
  const document = exportContract(loadContract().document, forms);
  return asJson
    ? `${JSON.stringify(document)}\n`
    : stringify(document, { lineWidth: 120, aliasDuplicateObjects: false });
}

function toForms(text: string) {
  const names = text.split(',').map((name) => name.trim());
  const forms = names.filter(isContractForm);
  const unknown = names.find((name) => !isContractForm(name));
  if (unknown !== undefined) {
    throw new UsageError(`Unknown form "${unknown}" in --for. Expected one or more of: ${contractForms.join(', ')}.`);
  }
  if (forms.includes('3.0') && forms.includes('3.2')) {
    throw new UsageError('--for takes one version of OpenAPI: 3.0 or 3.2.');
  }
  return forms;
}
