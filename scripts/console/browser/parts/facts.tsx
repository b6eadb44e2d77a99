import type { ComponentChildren } from 'preact';
import { nothing } from '../text/format.ts';

export type Fact = [name: string, value: ComponentChildren];

/** Shows names and values. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? nothing : value}</dd>
        </div>
      ))}
    </dl>
  );
}
