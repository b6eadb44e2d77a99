import { element } from './element.ts';

const key = 'talaria-language';

/** Turns blocks that show the same example in several languages into tabs. All follow the chosen language. */
export function startTabs(): void {
  const groups = [...document.querySelectorAll<HTMLElement>('.tabs')].map(createTabs);
  const choose = (language: string | null) => {
    for (const select of groups) select(language);
  };
  choose(localStorage.getItem(key));
  addEventListener('talaria-language', ((event: CustomEvent<string>) => {
    localStorage.setItem(key, event.detail);
    choose(event.detail);
  }) as EventListener); // The DOM types know no events of ours.
}

/**
 * Creates the tabs of one example. Returns a function that selects a language; the first one if the example lacks it.
 */
function createTabs(group: HTMLElement, number: number): (language: string | null) => void {
  const panels = [...group.querySelectorAll<HTMLElement>('.tab')];
  const tabs = panels.map((panel, index) => createTab(panel, `tab-${number}-${index}`));
  const list = element('div', { role: 'tablist', 'aria-label': group.dataset['label'] ?? 'Example' }, ...tabs);
  list.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const current = tabs.findIndex((tab) => tab.ariaSelected === 'true');
    const next = tabs.at((current + step) % tabs.length);
    next?.click();
    next?.focus();
  });
  group.prepend(list);
  group.classList.add('ready');
  return (language) => {
    const found = panels.findIndex((panel) => panel.dataset['language'] === language);
    const chosen = Math.max(found, 0);
    for (const [index, panel] of panels.entries()) {
      panel.hidden = index !== chosen;
      tabs[index]?.setAttribute('aria-selected', `${index === chosen}`);
      tabs[index]?.setAttribute('tabindex', index === chosen ? '0' : '-1');
    }
  };
}

function createTab(panel: HTMLElement, id: string): HTMLElement {
  const { title = '', language = '' } = panel.dataset;
  panel.id = `${id}-panel`;
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', id);
  const attributes = { type: 'button', role: 'tab', id, 'aria-controls': panel.id };
  const tab = element('button', attributes, title);
  tab.addEventListener('click', () => dispatchEvent(new CustomEvent('talaria-language', { detail: language })));
  return tab;
}
