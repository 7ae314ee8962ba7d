/** JSON, as case files hold it. */

/** Anything that JSON can hold. */
export type JsonValue = null | string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };
/** A JSON object, as a case file holds it. */
export type JsonObject = { readonly [key: string]: JsonValue };
