import type { ListedOperation } from '../contract/contract-document.ts';
import { type Html, html } from '../html.ts';
import type { Site } from '../site.ts';
import type { FieldContext } from './render-fields.ts';

/** Renders the replies of an operation other than its success: statuses with their codes, which link to the guide. */
export function renderErrors(
  { source, isWebhook }: ListedOperation,
  { toHtml }: FieldContext,
  site: Site,
): Html | undefined {
  const rows = Object.entries(source.responses ?? {}).flatMap(([status, reply]) => {
    const found = '$ref' in reply ? site.document.components.responses[reply.$ref.split('/').at(-1) ?? ''] : reply;
    return found && (isWebhook || !status.startsWith('2')) ? [{ status, description: found.description }] : [];
  });
  if (rows.length === 0) return undefined;
  return html`<div class="wide" tabindex="0" role="region" aria-label="Table: Errors"><table>
<thead><tr><th>status</th><th>meaning</th></tr></thead>
<tbody>${rows.map(
    ({ status, description }) => html`<tr><td><code>${status}</code></td><td>${toHtml(description)}</td></tr>
`,
  )}</tbody></table></div>
`;
}
