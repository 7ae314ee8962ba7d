/** The standard cards that rules know by name, because what matters about them is not in their declarations. */

/** A branch: one of its two blocks is run. */
export const IF_ELSE = 'control.ifElse';
export const ASSIGN = 'control.assign';
export const ASSIGN_IF = 'control.assignIf';
/** Calls that are made once, whatever the data. */
export const CALL = 'flow.call';
export const CALL_ASYNC = 'flow.callAsync';

export const CONTINUE_IF = 'control.continueIf';

/** End the flow, or not, depending on a comparison. */
export const MAY_END: ReadonlySet<string> = new Set([CONTINUE_IF, 'flow.returnErrorIf']);

/** Decide something, so that what they read has been looked at. */
export const DECIDES: ReadonlySet<string> = new Set([...MAY_END, IF_ELSE, 'control.ifElseIf']);

/** Run a flow without being struck by its errors. */
export const SWALLOWS: ReadonlySet<string> = new Set([CALL_ASYNC, 'list.forEachIgnoreErrors']);

/** Give text that has no character with a meaning in a form. */
export const FORM_SAFE: ReadonlySet<string> = new Set([
  'url.encodeComponent',
  'url.encodeQuery',
  'jwt.sign',
  'text.uniqueId',
]);

/** Makes text fit for a form. */
export const ENCODES: ReadonlySet<string> = new Set(['url.encodeComponent', 'url.encodeQuery']);

/** Answers the caller of an endpoint, and goes on. */
export const CLOSE = 'flow.close';

export const CONCATENATE = 'text.concatenate';
export const COMPOSE = 'text.compose';

/** Make a request, by themselves. Cards of connectors do so too; they are told by their connection. */
export function isHttpCard(id: string): boolean {
  return id.startsWith('http.') || id === 'files.download';
}
