import { prettyJson } from '../text/pretty-json.ts';
import { BoundedText } from './bounded-text.tsx';

/** Shows JSON text, indented. */
export const JsonText = ({ text }: { text: string }) => <BoundedText text={prettyJson(text)} isCode />;

/** Shows a value as JSON. */
export const JsonValue = ({ value }: { value: unknown }) => (
  <BoundedText text={JSON.stringify(value, null, 2) ?? 'null'} isCode />
);
