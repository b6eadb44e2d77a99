/** Controls that Swagger UI doesn't label, and their labels. Screen readers would announce them without a name. */
const unnamed: [selector: string, toName: (control: Element) => string][] = [
  [
    'tr[data-param-name] :is(select, input)',
    (control) => control.closest('[data-param-name]')?.getAttribute('data-param-name') ?? '',
  ],
  ['.examples-select select', () => 'Examples'],
  ['textarea.body-param__text', () => 'Request body'],
];

/** Labels controls as they appear, and makes scrollable blocks reachable by keyboard. */
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
