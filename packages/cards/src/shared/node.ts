/**
 * Node's larger modules, when they are needed. An import at the top of a file would load them, and networking with
 * them, into every process that only knows the cards: a tenth of the time that a short run takes.
 */
export function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}

/** The registered reason phrase of an HTTP status (RFC 9110, section 15); undefined when there is none. */
export function reasonPhrase(status: number): string | undefined {
  return process.getBuiltinModule('node:http').STATUS_CODES[status];
}
