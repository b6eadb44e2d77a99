/** Applies the chosen colour scheme, or the system's. A plain script, so that it runs before the page is drawn. */
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = (): string | null => localStorage.getItem('talaria-theme');
  const isDark = (): boolean => (chosen() === null ? system.matches : chosen() === 'dark');
  const apply = (): void => {
    document.documentElement.classList.toggle('dark-mode', isDark());
    const toggle = document.getElementById('theme');
    if (toggle) toggle.textContent = isDark() ? 'Light' : 'Dark';
    toggle?.setAttribute('aria-label', isDark() ? 'Switch to light colours' : 'Switch to dark colours');
  };
  apply();
  system.addEventListener('change', apply);
  // Printers omit backgrounds, so dark mode would print light text on white paper.
  addEventListener('beforeprint', () => document.documentElement.classList.remove('dark-mode'));
  addEventListener('afterprint', apply);
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    document.getElementById('theme')?.addEventListener('click', () => {
      localStorage.setItem('talaria-theme', isDark() ? 'light' : 'dark');
      apply();
    });
  });
})();
