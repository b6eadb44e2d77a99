const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Moves the focus between the cards of a list. Keys in fields and menus keep their meaning. */
export function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = steps[event.key];
  if (step === undefined || !list || event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = document.activeElement;
  if (focused?.matches('input, select, textarea, pre') || focused?.closest('dialog')) return;
  const cards = [...list.querySelectorAll<HTMLElement>(':scope > .card')];
  const current = cards.findIndex((card) => card.contains(focused));
  const next = current < 0 ? cards[0] : cards[current + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** Moves the focus to the neighbour of a card that is about to disappear, or to the heading after the last one. */
export function leaveCard(card: HTMLElement | null): void {
  if (!card?.contains(document.activeElement)) return;
  const neighbours = [card.nextElementSibling, card.previousElementSibling];
  const next = neighbours.find((each) => each?.matches('.card')) ?? document.querySelector('h1');
  if (next instanceof HTMLElement) next.focus();
}
