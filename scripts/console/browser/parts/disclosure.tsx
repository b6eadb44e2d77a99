import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Properties {
  summary: ComponentChildren;
  /** Builds the content when it is opened, because a page can have thousands. */
  children: () => ComponentChildren;
  isOpen?: boolean;
}

export function Disclosure({ summary, children, isOpen = false }: Properties) {
  const [open, setOpen] = useState(isOpen);
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
}
