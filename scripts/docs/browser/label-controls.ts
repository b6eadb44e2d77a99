/** Controls that Swagger UI doesn't label, and their labels. Screen readers would announce them without a name. */
const unnamed: [selector: string, toName: (control: Element) => string][] = [
  [
    'tr[data-param-name] :is(select, input)',
    (control) => control.closest('[data-param-name]')?.getAttribute('data-param-name') ?? '',
  ],
  ['.examples-select select', () => 'Examples'],
  ['textarea.body-param__text', () => 'Request body'],
];

/** Labels controls as they appear, and removes obstacles for keyboards. */
export function labelControls(root: HTMLElement): void {
  const label = () => {
    for (const [selector, toName] of unnamed) {
      for (const control of root.querySelectorAll(`:is(${selector}):not([aria-label])`))
        control.setAttribute('aria-label', toName(control));
    }
    // The button around the link does the same. Screen readers can't reach a link within a button.
    for (const link of root.querySelectorAll('.opblock-summary-control a[href]')) link.removeAttribute('href');
    for (const code of root.querySelectorAll('pre.microlight:not([tabindex])')) code.setAttribute('tabindex', '0');
  };
  new MutationObserver(label).observe(root, { childList: true, subtree: true });
}
