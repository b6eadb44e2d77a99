import type { RequestHandler } from 'express';

/**
 * Allows scripts and styles from this server only, none of them inline, and connections to this server only. Pages
 * cannot be framed. Swagger UI has its icons in `data:` URLs.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const protectPages: RequestHandler = (_request, response, next) => {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  next();
};
