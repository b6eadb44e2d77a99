import { useEffect, useState } from 'preact/hooks';

interface FieldProperties {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The pause after which a filter takes effect. */
const settledMs = 300;

/** A text field of a filter. It takes effect shortly after the last key. */
export function TextField({ label, value, onChange }: FieldProperties) {
  const [entered, setEntered] = useState(value);
  useEffect(() => {
    // A space at the end stays: the next word may follow.
    if (entered.trim() !== value) setEntered(value);
  }, [value]);
  useEffect(() => {
    if (entered.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(entered.trim()), settledMs);
    return () => clearTimeout(timer);
  }, [entered]);
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="search"
        value={entered}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => setEntered(currentTarget.value)}
      />
    </label>
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface ChoiceProperties {
  label: string;
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
}

/** A choice of a few values, all visible. */
export function Choices({ label, choices, value, onChange }: ChoiceProperties) {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={label}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
