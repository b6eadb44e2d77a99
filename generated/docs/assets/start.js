import { talariaPlugin } from "./plugin.js";
import { watchStreams } from "./watch-fetch.js";
SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#swagger-ui',
    deepLinking: true,
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [talariaPlugin],
    requestInterceptor: watchStreams,
    persistAuthorization: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    defaultModelsExpandDepth: 0,
});
