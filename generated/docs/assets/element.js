export function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
        made.setAttribute(name, value);
    made.append(...children);
    return made;
}
export function button(label, onClick) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'btn';
    made.textContent = label;
    made.addEventListener('click', onClick);
    return made;
}
export function lazyDetails(summary, fill) {
    const made = document.createElement('details');
    made.append(element('summary', {}, ...summary));
    made.addEventListener('toggle', () => made.append(...fill()), { once: true });
    return made;
}
