import { Disclosure } from '../parts/disclosure.tsx';
import { JsonValue } from '../parts/json.tsx';
import type { StreamEvent, Transcript } from '../stream/transcript.ts';

/** The rows that are shown. Each can be opened. */
const shown = 200;

/** Lists the last events of a stream. */
export function EventsView({ transcript: { events, last } }: { transcript: Transcript }) {
  if (events.length === 0) return <p class="empty">No events.</p>;
  const rows = events.slice(-shown);
  return (
    <>
      {last + 1 > rows.length && (
        <p class="soft">
          The last {rows.length} of {last + 1}.
        </p>
      )}
      <ol class="events">
        {rows.map((event) => (
          <li key={event.sequence_number}>
            <Disclosure summary={<EventLine event={event} />}>{() => <JsonValue value={event} />}</Disclosure>
          </li>
        ))}
      </ol>
    </>
  );
}

function EventLine({ event: { sequence_number: number, type, delta } }: { event: StreamEvent }) {
  return (
    <>
      <span class="event-number">{number}</span> <code>{type}</code>{' '}
      {typeof delta === 'string' && <span class="soft">{JSON.stringify(delta.slice(0, 80))}</span>}
    </>
  );
}
