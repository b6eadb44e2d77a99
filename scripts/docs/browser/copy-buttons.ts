import { element } from './element.ts';

/** How long the button confirms a copy. */
const noticeMs = 2000;

/** Adds a button that copies the code to each block. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll('article pre.code')) {
    const button = element('button', { type: 'button', class: 'copy', 'aria-label': 'Copy the code' }, 'Copy');
    button.addEventListener('click', async () => {
      button.textContent = await copy(block.textContent?.trimEnd() ?? '');
      setTimeout(() => {
        button.textContent = 'Copy';
      }, noticeMs);
    });
    const box = element('div', { class: 'copied' });
    block.replaceWith(box);
    box.append(block, button);
  }
}

/** Copies a text. Browsers have a clipboard on secure pages only: HTTPS, or the reader's own machine. */
async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return 'No clipboard';
  }
}
