/** Lists text with less contrast than WCAG 2.2 AA requires (1.4.3). */
function listFaintTexts(): string[] {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const colors = new Map<string, number[]>();
  /** Converts any CSS colour to red, green, blue and alpha, by the browser's own parser. */
  const toColor = (css: string): number[] => {
    const known = colors.get(css);
    if (known) return known;
    pen?.clearRect(0, 0, 1, 1);
    if (pen) pen.fillStyle = css;
    pen?.fillRect(0, 0, 1, 1);
    const color = [...(pen?.getImageData(0, 0, 1, 1).data ?? [])];
    colors.set(css, color);
    return color;
  };
  const over = (top: number[], below: number[]): number[] => {
    const alpha = (top[3] ?? 0) / 255;
    return [0, 1, 2].map((at) => (top[at] ?? 0) * alpha + (below[at] ?? 0) * (1 - alpha));
  };
  const backgroundOf = (element: Element | null): number[] => {
    if (!element) return [255, 255, 255];
    const color = toColor(getComputedStyle(element).backgroundColor);
    return color[3] === 255 ? color : over(color, backgroundOf(element.parentElement));
  };
  const luminance = (color: number[]): number => {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const found = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.skip, script, style, noscript, [disabled]')) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    const text = over(toColor(style.color), background);
    const [light = 0, dark = 0] = [luminance(text), luminance(background)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio >= (isLarge ? 3 : 4.5) - 0.01) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    found.add(`${name}: ${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)} ${style.color}`);
  }
  return [...found];
}

/** Whether the focus is visible. */
function hasVisibleFocus(): boolean {
  if (!document.activeElement) return false;
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
}

/** Returns by how many pixels the page is wider than its window. */
function widthBeyond(): number {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
}

Object.assign(globalThis, { listFaintTexts, hasVisibleFocus, widthBeyond });
