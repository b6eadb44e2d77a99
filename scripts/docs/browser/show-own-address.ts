/** The address in the samples: that of a server with default settings. */
const sampleAddress = 'http://127.0.0.1:8642';

/** Shows the address of this server in the samples, so that they work where they are copied. */
export function showOwnAddress(): void {
  if (location.origin === sampleAddress) return;
  for (const code of document.querySelectorAll('article pre code')) {
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (text.includes(sampleAddress)) node.textContent = text.replaceAll(sampleAddress, location.origin);
    }
  }
}
