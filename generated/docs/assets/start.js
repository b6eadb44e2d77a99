import { labelControls } from "./label-controls.js";
import { talariaPlugin } from "./plugin.js";
import { watchStreams } from "./watch-fetch.js";
const root = document.getElementById('swagger-ui');
if (root)
    labelControls(root);
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
    defaultModelsExpandDepth: -1,
});
addEventListener('hashchange', () => {
    const [, tag, operation] = location.hash.split('/');
    if (!operation)
        return;
    layoutActions.parseDeepLinkHash(location.hash);
    setTimeout(() => {
        const shown = document.getElementById(`operations-${tag}-${operation}`);
        shown?.scrollIntoView();
        shown?.querySelector('.opblock-summary-control')?.focus({ preventScroll: true });
    });
});
