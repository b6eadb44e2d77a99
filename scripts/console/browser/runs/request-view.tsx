import { listAnyInputItems } from '../api/operations.ts';
import type { StoredResponse } from '../api/types.ts';
import { PagedItems } from '../items/paged-items.tsx';
import { BoundedText } from '../parts/bounded-text.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { JsonValue } from '../parts/json.tsx';

/** Shows what was asked: settings, tools and input items. */
export function RequestView({ response }: { response: StoredResponse }) {
  const { id, instructions, tools } = response;
  return (
    <>
      <Facts facts={toSettings(response)} />
      {instructions && <Disclosure summary="Instructions">{() => <BoundedText text={instructions} />}</Disclosure>}
      {tools.length > 0 && (
        <Disclosure summary={`Tools (${tools.length})`}>{() => <JsonValue value={tools} />}</Disclosure>
      )}
      <Disclosure summary="Input items" isOpen>
        {() => (
          <PagedItems
            label="Input items"
            load={(after) => listAnyInputItems(id, { order: 'asc', limit: 20, ...(after && { after }) })}
          />
        )}
      </Disclosure>
      <Disclosure summary="The response as JSON">{() => <JsonValue value={response} />}</Disclosure>
    </>
  );
}

function toSettings(response: StoredResponse): Fact[] {
  const { temperature, top_p, max_output_tokens, max_tool_calls, reasoning, text, tool_choice, metadata } = response;
  const facts: Fact[] = [
    ['Temperature', temperature],
    ['Top p', top_p],
    ['Output limit', max_output_tokens],
    ['Tool call limit', max_tool_calls],
    ['Reasoning effort', reasoning?.effort],
    ['Format', text.format?.type],
    ['Tool choice', typeof tool_choice === 'string' ? tool_choice : JSON.stringify(tool_choice)],
    ['Parallel calls', response.parallel_tool_calls ? 'yes' : 'no'],
    ['Stored', response.store ? 'yes' : 'no'],
    ...Object.entries(metadata ?? {}).map(([name, value]): Fact => [name, value]),
  ];
  return facts.filter(([, value]) => value !== null && value !== undefined);
}
