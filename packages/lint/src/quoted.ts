/** Names of a flow file in messages. */

/** A name on one line, short enough for a message. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
