/** Gives the text of connector-1.json. */
export function generate(): string;
