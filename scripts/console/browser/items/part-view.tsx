import { BoundedText } from '../parts/bounded-text.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { JsonValue } from '../parts/json.tsx';
import { type Fields, toParts, toText } from './read-item.ts';

/** Shows the content of a message or of a tool's result: a text, or a list of parts. */
export function Content({ content }: { content: unknown }) {
  if (typeof content === 'string') return <BoundedText text={content} />;
  if (!Array.isArray(content)) return <JsonValue value={content} />;
  return (
    <>
      {toParts(content).map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </>
  );
}

/** Media isn't loaded: its address may belong to anybody. */
function Part({ part }: { part: Fields }) {
  const { type, text, refusal } = part;
  if (typeof text === 'string') return <BoundedText text={text} />;
  if (typeof refusal === 'string') return <BoundedText text={`Refusal: ${refusal}`} />;
  return <Disclosure summary={<code>{toText(type) || 'part'}</code>}>{() => <JsonValue value={part} />}</Disclosure>;
}
