import { element } from './element.ts';
import type { FindEntries, SearchEntry } from './find-entries.ts';

/** About one screen of results. Further ones are only counted. */
const maxShown = 30;

/** The list of results. Enter follows the active link. */
interface Results {
  isOpen(): boolean;
  /** Shows results and a status. An empty status closes the list. */
  show(found: SearchEntry[], text: string): void;
  /** Activates the next or previous result, wrapping around. */
  move(step: 1 | -1): void;
  follow(): void;
}

/** Creates the list of results. The input, a combobox, keeps the focus and announces the active option. */
function createResults(input: HTMLInputElement, box: HTMLElement, onFollow: () => void): Results {
  const list = element('div', { role: 'listbox', id: 'found', 'aria-label': 'Found' });
  const status = element('p', { role: 'status' });
  box.append(status, list);
  let active = -1;
  const options = () => [...list.children].filter((child) => child instanceof HTMLAnchorElement);
  const activate = (index: number) => {
    options()[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = options()[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  // Without this, pressing the mouse button would blur the input and close the list before the click.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', onFollow);
  return {
    isOpen: () => input.getAttribute('aria-expanded') === 'true',
    show(found, text) {
      const root = input.dataset['root'] ?? '';
      list.replaceChildren(...found.slice(0, maxShown).map((entry, index) => toOption(entry, index, root)));
      status.textContent = text;
      activate(found.length > 0 ? 0 : -1);
      input.setAttribute('aria-expanded', `${text !== ''}`);
    },
    move: (step) => activate((active + step + options().length) % options().length),
    follow: () => options()[active]?.click(),
  };
}

/** Connects the search box that every page has. */
export function startSearch(): void {
  const input = document.getElementById('search');
  const box = document.getElementById('search-box');
  if (input instanceof HTMLInputElement && box) connect(input, box);
}

function connect(input: HTMLInputElement, box: HTMLElement): void {
  const close = () => {
    input.value = '';
    results.show([], '');
  };
  const results = createResults(input, box, () => {
    close();
    input.blur();
  });
  let finder: Promise<FindEntries> | undefined;
  const search = async () => {
    const query = input.value;
    if (query.trim() === '') return results.show([], '');
    finder ??= loadSearch(input.dataset['index'] ?? '');
    try {
      const found = (await finder)(query);
      // Results are outdated if the query changed or the input lost the focus meanwhile.
      if (query === input.value && document.activeElement === input) results.show(found, toStatus(found.length));
    } catch {
      finder = undefined;
      results.show([], 'The search could not be loaded.');
    }
  };
  input.addEventListener('input', search);
  input.addEventListener('focus', search);
  input.addEventListener('blur', () => results.show([], ''));
  listenToKeys(input, results, close);
}

function listenToKeys(input: HTMLInputElement, results: Results, close: () => void): void {
  const keys: Record<string, () => void> = {
    ArrowDown: () => results.move(1),
    ArrowUp: () => results.move(-1),
    Enter: () => results.follow(),
    Escape: close,
  };
  input.addEventListener('keydown', (event) => {
    const act = results.isOpen() ? keys[event.key] : undefined;
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key === 'Escape') input.blur();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    input.focus();
  });
}

/** Loads the library and the index together, at the first search. */
async function loadSearch(address: string): Promise<FindEntries> {
  const [{ createSearch }, reply] = await Promise.all([import('./find-entries.ts'), fetch(address)]);
  return createSearch(await reply.json());
}

function toOption({ kind, name, of, words, href }: SearchEntry, index: number, root: string): HTMLElement {
  const attributes = { role: 'option', id: `found-${index}`, 'aria-selected': 'false', tabindex: '-1' };
  const head = [element('b', {}, name), ' ', element('span', { class: 'kind' }, of ? `${kind} · ${of}` : kind)];
  return element('a', { ...attributes, href: root + href }, element('span', {}, ...head), element('span', {}, words));
}

function toStatus(count: number): string {
  if (count === 0) return 'Nothing found.';
  return count > maxShown ? `${count} found, the first ${maxShown} are shown.` : `${count} found.`;
}

/** Whether a key press belongs to a text field or an open dialog. */
function isTyping(target: EventTarget | null): boolean {
  return (
    document.querySelector('[role="dialog"]') !== null ||
    (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select')))
  );
}
