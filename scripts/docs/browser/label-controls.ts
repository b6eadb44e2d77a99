/** What Swagger UI leaves without a name, and the name: a screen reader would say that there is a list, and not of what. */
const unnamed: [selector: string, toName: (control: Element) => string][] = [
  [
    'tr[data-param-name] :is(select, input)',
    (control) => control.closest('[data-param-name]')?.getAttribute('data-param-name') ?? '',
  ],
  ['.examples-select select', () => 'Examples'],
  ['textarea.body-param__text', () => 'Request body'],
];

/** Names controls as they come, and lets a keyboard reach what scrolls. */
export function labelControls(root: HTMLElement): void {
  const label = () => {
    for (const [selector, toName] of unnamed) {
      for (const control of root.querySelectorAll(`:is(${selector}):not([aria-label])`))
        control.setAttribute('aria-label', toName(control));
    }
    for (const code of root.querySelectorAll('pre.microlight:not([tabindex])')) code.setAttribute('tabindex', '0');
  };
  new MutationObserver(label).observe(root, { childList: true, subtree: true });
}
