import { talariaPlugin } from './plugin.ts';
import { watchStreams } from './watch-fetch.ts';

/** Swagger UI on our contract, with our plugin. */
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
  // Closed until asked for: drawing all schemas of the contract takes seconds.
  defaultModelsExpandDepth: 0,
});
