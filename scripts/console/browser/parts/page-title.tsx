import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { setTitle } from '../state/title.ts';

interface Properties {
  title: string;
  /** Shown instead of the title, with the same meaning. */
  children?: ComponentChildren;
}

let isFirst = true;

/** The heading of a view. Takes the focus when the view is opened, so that screen readers announce it. */
export function PageTitle({ title, children }: Properties) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setTitle(title);
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
