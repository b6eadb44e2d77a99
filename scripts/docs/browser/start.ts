import { labelControls } from './label-controls.ts';
import { talariaPlugin } from './plugin.ts';
import { watchStreams } from './watch-fetch.ts';

const root = document.getElementById('swagger-ui');
if (root) labelControls(root);

/** Swagger UI on our contract, with our plugin. */
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
  // The schemas have a page of their own, which can be linked to, printed and read without a script.
  defaultModelsExpandDepth: -1,
});

// It looks at the address once, when it starts; a link to another operation on the same page changes it later.
addEventListener('hashchange', () => {
  const [, tag, operation] = location.hash.split('/');
  if (!operation) return;
  layoutActions.parseDeepLinkHash(location.hash);
  // By then the operation is open.
  setTimeout(() => {
    const shown = document.getElementById(`operations-${tag}-${operation}`);
    shown?.scrollIntoView();
    shown?.querySelector<HTMLElement>('.opblock-summary-control')?.focus({ preventScroll: true });
  });
});
