import { labelControls } from './label-controls.ts';
import { talariaPlugin } from './plugin.ts';
import { watchStreams } from './watch-fetch.ts';

const root = document.getElementById('swagger-ui');
if (root) labelControls(root);

const { layoutActions } = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [talariaPlugin],
  requestInterceptor: watchStreams,
  persistAuthorization: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Schemas have a separate page, which can be linked to, printed and read without JavaScript.
  defaultModelsExpandDepth: -1,
});

// Swagger UI reads the address only at start. Links to other operations on the page change it later.
addEventListener('hashchange', () => {
  const [, tag, operation] = location.hash.split('/');
  if (!operation) return;
  layoutActions.parseDeepLinkHash(location.hash);
  // Swagger UI opens the operation before the timer fires.
  setTimeout(() => {
    const shown = document.getElementById(`operations-${tag}-${operation}`);
    shown?.scrollIntoView();
    shown?.querySelector<HTMLElement>('.opblock-summary-control')?.focus({ preventScroll: true });
  });
});
