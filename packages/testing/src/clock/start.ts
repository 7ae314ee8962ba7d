/** When time begins in doubles and cases. */

/** 2024-01-01T00:00:00Z, in milliseconds since 1970. */
export const START = Date.UTC(2024, 0, 1);
