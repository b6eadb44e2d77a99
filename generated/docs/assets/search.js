import { element } from "./element.js";
import { findEntries } from "./find-entries.js";
const maxShown = 30;
function createResults(input, box, onFollow) {
    const list = element('div', { role: 'listbox', id: 'found', 'aria-label': 'Found' });
    const status = element('p', { role: 'status' });
    box.append(status, list);
    let active = -1;
    const options = () => [...list.children].filter((child) => child instanceof HTMLAnchorElement);
    const activate = (index) => {
        options()[active]?.setAttribute('aria-selected', 'false');
        active = index;
        const option = options()[active];
        option?.setAttribute('aria-selected', 'true');
        option?.scrollIntoView({ block: 'nearest' });
        if (option)
            input.setAttribute('aria-activedescendant', option.id);
        else
            input.removeAttribute('aria-activedescendant');
    };
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', onFollow);
    return {
        isOpen: () => input.getAttribute('aria-expanded') === 'true',
        show(found, text) {
            list.replaceChildren(...found.slice(0, maxShown).map(toOption));
            status.textContent = text;
            activate(found.length > 0 ? 0 : -1);
            input.setAttribute('aria-expanded', `${text !== ''}`);
        },
        move: (step) => activate((active + step + options().length) % options().length),
        follow: () => options()[active]?.click(),
    };
}
function startSearch(input, box) {
    const close = () => {
        input.value = '';
        results.show([], '');
    };
    const results = createResults(input, box, () => {
        close();
        input.blur();
    });
    let entries;
    const search = async () => {
        const query = input.value;
        if (query.trim() === '')
            return results.show([], '');
        entries ??= loadEntries();
        try {
            const found = findEntries(await entries, query);
            if (query === input.value && document.activeElement === input)
                results.show(found, toStatus(found.length));
        }
        catch {
            entries = undefined;
            results.show([], 'The search could not be loaded.');
        }
    };
    input.addEventListener('input', search);
    input.addEventListener('focus', search);
    input.addEventListener('blur', () => results.show([], ''));
    listenToKeys(input, results, close);
}
function listenToKeys(input, results, close) {
    const keys = {
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
        }
        else if (event.key === 'Escape')
            input.blur();
    });
    document.addEventListener('keydown', (event) => {
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
            return;
        event.preventDefault();
        input.focus();
    });
}
async function loadEntries() {
    return (await fetch(new URL('search-index.json', import.meta.url))).json();
}
function toOption({ kind, name, of, words, href }, index) {
    const attributes = { role: 'option', id: `found-${index}`, 'aria-selected': 'false', tabindex: '-1' };
    const head = [element('b', {}, name), ' ', element('span', { class: 'kind' }, of ? `${kind} · ${of}` : kind)];
    const link = new URL(`../${href}`, import.meta.url).href;
    return element('a', { ...attributes, href: link }, element('span', {}, ...head), element('span', {}, words));
}
function toStatus(count) {
    if (count === 0)
        return 'Nothing found.';
    return count > maxShown ? `${count} found, the first ${maxShown} are shown.` : `${count} found.`;
}
function isTyping(target) {
    return (document.querySelector('[role="dialog"]') !== null ||
        (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))));
}
const input = document.getElementById('search');
const box = document.getElementById('search-box');
if (input instanceof HTMLInputElement && box)
    startSearch(input, box);
