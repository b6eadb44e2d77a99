import { DiagLogLevel, diag } from '@opentelemetry/api';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { TracingOptions } from './tracing.ts';

/**
 * Logs what the SDK reports from now on, such as a collector that cannot be reached. Call it once the SDK is set up: its
 * remarks on variables would be wrong, since the configuration has checked them and has defaults of its own.
 */
export function reportFailures(log: TracingOptions['log']): void {
  const report = (...parts: unknown[]) => log.warn({ reason: parts.map(toReason).join(' ') }, 'failed to send spans');
  const logger = { error: report, warn: report, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

/** Returns the message of an error. The SDK reports errors as JSON, with their stack. */
export function toReason(reported: unknown): string {
  const error = typeof reported === 'string' ? tryParseJson(reported) : reported;
  if (!isObject(error)) return String(reported);
  // The error of several addresses has no message.
  return String(error['message'] || error['code'] || reported);
}
