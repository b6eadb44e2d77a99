type Child = Node | string;

/** Creates an element. Strings become text nodes, so a server's text is never parsed as markup. */
export function element(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn';
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}

/** Creates a closed `details` whose content is built on first opening, because a page can have thousands. */
export function lazyDetails(summary: Child[], fill: () => Child[]): HTMLDetailsElement {
  const made = document.createElement('details');
  made.append(element('summary', {}, ...summary));
  made.addEventListener('toggle', () => made.append(...fill()), { once: true });
  return made;
}
