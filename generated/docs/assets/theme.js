(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const chosen = () => localStorage.getItem('talaria-theme');
    const isDark = () => (chosen() === null ? system.matches : chosen() === 'dark');
    const apply = () => {
        document.documentElement.classList.toggle('dark-mode', isDark());
        const toggle = document.getElementById('theme');
        if (toggle)
            toggle.textContent = isDark() ? 'Light' : 'Dark';
        toggle?.setAttribute('aria-label', isDark() ? 'Switch to light colours' : 'Switch to dark colours');
    };
    apply();
    system.addEventListener('change', apply);
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
