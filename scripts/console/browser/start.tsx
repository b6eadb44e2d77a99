import { render } from 'preact';
import { App } from './app.tsx';
import { Account } from './parts/account.tsx';
import { Tabs } from './parts/tabs.tsx';
import { Toaster } from './parts/toaster.tsx';
import { startRouter } from './state/router.ts';

// The frame of the page is HTML, so that it is painted before this script has been loaded.
startRouter();
mount('tabs', <Tabs />);
mount('account', <Account />);
mount('main', <App />);
mount('toasts', <Toaster />);

function mount(id: string, view: Parameters<typeof render>[0]): void {
  const place = document.getElementById(id);
  if (!place) return;
  place.replaceChildren();
  render(view, place);
}
