export { toData, toErrorData } from './data.js';
export * from './emitter.js';
export type * from './events.js';
export { createRedactor, type Redactor } from './redact.js';
export { redactFields } from './redact-fields.js';
export { REDACTED } from './vault.js';
