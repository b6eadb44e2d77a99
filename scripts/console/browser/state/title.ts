let title = 'Console';
let pending = 0;

/** Sets the name of the view in the title of the tab. */
export function setTitle(view: string): void {
  title = view;
  show();
}

/** Sets how many approvals wait. */
export function setPending(count: number): void {
  pending = count;
  show();
}

function show(): void {
  document.title = `${pending === 0 ? '' : `(${pending}) `}${title} · Talaria`;
}
