type Child = Node | string;

/** An element with attributes and children; text stays text, so nothing that a server sent can become markup. */
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

/** A closed part whose content is made when it is first opened: a page may hold thousands of them. */
export function lazyDetails(summary: Child[], fill: () => Child[]): HTMLDetailsElement {
  const made = document.createElement('details');
  made.append(element('summary', {}, ...summary));
  made.addEventListener('toggle', () => made.append(...fill()), { once: true });
  return made;
}
