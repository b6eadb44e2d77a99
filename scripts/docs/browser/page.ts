import { addCopyButtons } from './copy-buttons.ts';
import { startSearch } from './search.ts';
import { showOwnAddress } from './show-own-address.ts';
import { startTabs } from './tabs.ts';

// Links to operations led to the first page before each operation had a page.
if (/^#\/\w+\/\w+/.test(location.hash) && document.getElementById('swagger-ui') === null)
  location.replace(`${document.querySelector<HTMLElement>('#search')?.dataset['root']}try${location.hash}`);

showOwnAddress();
startTabs();
addCopyButtons();
startSearch();
showCurrentPage();
// On a phone the sidebar is a menu, which can scroll only once it is open.
document.getElementById('side')?.addEventListener('toggle', showCurrentPage);
openTarget();
addEventListener('hashchange', openTarget);

/** Scrolls the sidebar to the current page, and nothing else. */
function showCurrentPage(): void {
  const side = document.getElementById('side');
  const link = side?.querySelector<HTMLElement>('[aria-current]');
  if (side && link) side.scrollTop = link.offsetTop - side.clientHeight / 2;
}

/** Opens the elements that hide the target of the address: a field within closed fields. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let parent = target?.parentElement; parent; parent = parent.parentElement) {
    if (parent instanceof HTMLDetailsElement) parent.open = true;
  }
  target?.scrollIntoView();
}
