/** The codes of the standard cards and their HTTP port. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable, type EngineCode } from '@flowdeck/engine/kit';

export const CARDS_CODES = codeTable({
  // Running
  'returned-error': {
    class: 'run',
    sentence: "The flow's author asked for this error: Return Error, Return Error If.",
    remedy: 'See the message; catch it with If Error.',
  },

  // Cards
  'unknown-unit': {
    class: 'run',
    sentence: 'None of the units of time.',
    remedy: 'Take one of those that the hint names.',
  },
  'unknown-choice': {
    class: 'run',
    sentence: 'None of the choices of the input.',
    remedy: 'Take one of those that the hint names.',
  },
  'invalid-delay': {
    class: 'run',
    sentence: 'A wait would end beyond what a date can hold.',
    remedy: 'Give a shorter delay.',
  },
  'invalid-status': {
    class: 'run',
    sentence: 'The status is neither 200 nor one of 400 to 599.',
    remedy: 'Give one of them.',
  },
  'paginate-unchanged': {
    class: 'run',
    sentence: 'A page returned exactly what it was given, so that the pages would never end.',
    remedy: 'Let the flow change what it is called with.',
  },
  'json-parse': {
    class: 'run',
    sentence: 'The text is not JSON, is empty, nests too deeply, or holds a number that is too large.',
    remedy: 'Look at the text; check for an empty one first.',
  },
  'date-parse': {
    class: 'run',
    sentence: 'The text holds no date, or none in the given format.',
    remedy: 'Give ISO 8601, or the format that it is written in.',
  },
  'date-format': {
    class: 'run',
    sentence: 'The format has more than 1,000 characters.',
    remedy: 'Give codes such as `YYYY-MM-DD`.',
  },
  'date-zone': {
    class: 'run',
    sentence: 'The time zone is not known.',
    remedy: 'Give an IANA name such as `Europe/Paris`, or an offset such as `+02:00`.',
  },
  'date-range': {
    class: 'run',
    sentence: 'The result lies outside of the years -271821 to 275760.',
    remedy: 'Add or subtract less.',
  },
  'not-finite': {
    class: 'run',
    sentence: 'The result is larger than a number can be.',
    remedy: 'Calculate with smaller numbers.',
  },
  'division-by-zero': {
    class: 'run',
    sentence: 'The divisor is 0.',
    remedy: 'Check it before.',
  },
  'out-of-domain': {
    class: 'run',
    sentence: 'The calculation is not defined for this number, such as the root of a negative one.',
    remedy: 'Check it before.',
  },
  'no-position': {
    class: 'run',
    sentence: 'The list has no item at the position.',
    remedy: 'Check its length before; positions count from 0.',
  },
  'formula-syntax': {
    class: 'run',
    sentence: 'The text is not a formula.',
    remedy: 'Correct it at the position that the message names.',
  },
  'formula-name': {
    class: 'run',
    sentence: 'The formula uses a function, a constant or an input that does not exist.',
    remedy: 'Correct the name, or add the input.',
  },
  'test-syntax': {
    class: 'run',
    sentence: 'The text is not a true/false expression.',
    remedy: 'Correct it at the position that the message names.',
  },
  'test-input': {
    class: 'run',
    sentence: 'The true/false expression names an input that the card does not have.',
    remedy: 'Correct the name, or add the input.',
  },
  'pattern-syntax': {
    class: 'run',
    sentence: 'The text is not a regular expression.',
    remedy: 'Correct it; a backslash before a special character takes it as it is.',
  },
  'pattern-unsupported': {
    class: 'run',
    sentence: 'The pattern looks around or refers back, which cannot be matched in linear time, or is too large.',
    remedy: 'Write it without these.',
  },
  'invalid-url': {
    class: 'run',
    sentence: 'A part of the URL is missing or cannot be part of one.',
    remedy: 'Correct the part that the place names.',
  },
  'percent-encoding': {
    class: 'run',
    sentence: 'A percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8.',
    remedy: 'Encode the text with Encode URL Component.',
  },
  'unsupported-algorithm': {
    class: 'run',
    sentence: 'There is no such algorithm here, or the page has no WebCrypto because its context is not secure.',
    remedy: 'Take one of those that the hint names.',
  },
  'missing-key': {
    class: 'run',
    sentence: 'The key is empty.',
    remedy: 'Give one.',
  },
  'key-encoding': {
    class: 'run',
    sentence: 'The key is not written in its encoding, or there is no such encoding.',
    remedy: 'Give the key as the service gave it, and the encoding utf8, base64 or hex.',
  },
  'unknown-digest': {
    class: 'run',
    sentence: 'The digest is none of base64, base64url, hex and binary.',
    remedy: 'Take one of them.',
  },
  'malformed-data': {
    class: 'run',
    sentence: 'The data to decrypt is not base64.',
    remedy: 'Give what Encrypt gave.',
  },
  'decryption-failed': {
    class: 'run',
    sentence: 'The data was not made with this algorithm and passphrase, or is no text.',
    remedy: 'Use those that it was encrypted with.',
  },
  'invalid-key': {
    class: 'run',
    sentence:
      'A key that signs or verifies is missing, unreadable, too short, or of another kind than the algorithm needs.',
    remedy: 'HS needs a secret; RS, PS, ES and the card Sign a key in PEM form, private for signing.',
  },
  'invalid-header': {
    class: 'run',
    sentence:
      'A header is not what it may be: of a token, not JSON of an object or against the algorithm; of HTTP, with a forbidden name or value.',
    remedy: 'Names are letters, digits and hyphens; values have no line breaks.',
  },
  'invalid-claim': {
    class: 'run',
    sentence: 'A claim has another type than the standard says, or is given twice.',
    remedy: 'Give it once; times are seconds since 1970, or dates.',
  },
  'invalid-span': {
    class: 'run',
    sentence: 'Neither a whole number of seconds nor text such as `10 minutes`.',
    remedy: 'Write one of the two.',
  },
  'jwt-malformed': {
    class: 'run',
    sentence: 'The text is not a signed JSON Web Token.',
    remedy: 'Give three parts with dots between them, without `Bearer`.',
  },
  'jwt-algorithm': {
    class: 'run',
    sentence: 'The token is signed by another algorithm than the one asked for, or than the key allows.',
    remedy: 'Ask for the algorithm that the issuer uses.',
  },
  'jwt-signature': {
    class: 'run',
    sentence: 'The signature is not the one of the key.',
    remedy: 'Do not trust the token; check the key.',
  },
  'jwt-expired': {
    class: 'run',
    sentence: 'The token has expired.',
    remedy: 'Ask for a new one.',
  },
  'jwt-not-active': {
    class: 'run',
    sentence: 'The token is not valid yet.',
    remedy: 'Wait, or compare the clocks.',
  },
  'jwt-claim': {
    class: 'run',
    sentence: 'Audience, issuer or subject are others than those asked for.',
    remedy: 'The token is meant for somebody else.',
  },
  'xml-parse': {
    class: 'run',
    sentence: 'The text is not well-formed XML; an empty text is not.',
    remedy: 'Correct it at the line that the message names.',
  },
  'xml-refused': {
    class: 'run',
    sentence: 'The text declares a document type with entities or other declarations, which are never read.',
    remedy: 'Remove the declarations.',
  },
  'xml-limit': {
    class: 'run',
    sentence: 'More than 1,000,000 elements, or more than 400 within one another.',
    remedy: 'Split the document.',
  },
  'xml-key': {
    class: 'run',
    sentence: 'The keys for attributes and text are equal, or an element is named like one of them.',
    remedy: 'Choose other keys.',
  },
  'xml-build': {
    class: 'run',
    sentence:
      'A name or a character cannot stand in XML, a list lies directly in a list, or the object nests too deeply.',
    remedy: 'Correct the object at the place that the message names.',
  },

  // HTTP
  'http-status': {
    class: 'http',
    sentence: 'The answer has a status outside 2xx. The error has `statusCode`, `body` and `headers`.',
    remedy: 'See the body. For 429 and 504, retry: `"onError": { "retry": { "times": 3 } }`.',
  },
  'http-network': {
    class: 'http',
    sentence: 'There was no connection, it broke, its certificate is not trusted, or the answer is not HTTP.',
    remedy: 'See the message; check host, port and network.',
  },
  'http-timeout': {
    class: 'http',
    sentence: 'No connection was made, or the exchange was not complete, in time.',
    remedy: 'Allow more time, or ask the service for less.',
  },
  'http-too-large': {
    class: 'http',
    sentence: 'Request or answer are larger than allowed.',
    remedy: 'Ask for less, or raise `maxRequestBytes`, `maxResponseBytes` or the limit `payloadBytes`.',
  },
  'http-redirects': {
    class: 'http',
    sentence: 'Too many redirects, or one to a malformed URL.',
    remedy: 'Look for a loop, or raise `maxRedirects`.',
  },
  'http-blocked': {
    class: 'http',
    sentence:
      'The address is loopback, private, link-local or of a metadata service; the scheme is not http or https; or a redirect leads from https to http.',
    remedy: "If it is meant: `httpPort({ allowHosts: ['host:port'] })`, or `--allow-host`.",
  },
  'http-url': {
    class: 'http',
    sentence: 'The URL is malformed.',
    remedy: 'Give an absolute one: `https://example.com/path`.',
  },
  'http-method': {
    class: 'http',
    sentence: 'The method cannot be sent, or not with a body.',
    remedy: 'Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; through fetch a GET or HEAD has no body.',
  },
  'http-header': {
    class: 'http',
    sentence: 'A header that flows cannot set, such as Host, or that a page cannot send, such as Cookie.',
    remedy: 'Leave it out; the host stands in the URL.',
  },
  'http-closed': {
    class: 'use',
    sentence: 'The HTTP port was closed before.',
    remedy: 'Close it after the last run.',
  },
  'http-options': {
    class: 'use',
    sentence: 'An option of `httpPort` or `fetchPort` cannot be used, or `allowHosts` has an entry that is no host.',
    remedy: 'Correct it; the hint names the range.',
  },

  // Tables and files
  'row-missing': {
    class: 'run',
    sentence: 'The table has no row of this id.',
    remedy: 'Search for the row first.',
  },
  'where-expression': {
    class: 'run',
    sentence: 'The Where Expression is malformed, or names a value that the card has no input for.',
    remedy: 'Correct it; add the input.',
  },
  'csv-parse': {
    class: 'run',
    sentence: 'The file is not well-formed CSV.',
    remedy: 'Put quotation marks around the whole cell, and double those inside it.',
  },
  'csv-too-wide': {
    class: 'run',
    sentence: 'A line has more than 1,024 cells or 4 MiB.',
    remedy: 'Look for a quotation mark that is not closed; check the delimiter.',
  },
  'csv-charset': {
    class: 'run',
    sentence: 'The file is not in the character set that it is read in, or that is not known.',
    remedy: 'Save it as UTF-8, or name its character set.',
  },
  'csv-delimiter': {
    class: 'run',
    sentence: 'The delimiter is not a single character that can separate cells.',
    remedy: 'Use a comma, a semicolon or a tab.',
  },
  'csv-title': {
    class: 'run',
    sentence: 'A title is missing, is there twice, or none fits a column.',
    remedy: 'Correct the first line, or give a mapping.',
  },
  'csv-line': {
    class: 'run',
    sentence: 'A line has more cells than there are titles.',
    remedy: 'Put quotation marks around cells that hold the delimiter.',
  },
  'file-missing': {
    class: 'run',
    sentence: 'There is no such file.',
    remedy: 'Check the path, or the file that the flow was given.',
  },
});

/** What a card may fail with: a code of the library or of the engine. */
export type CardsCode = keyof typeof CARDS_CODES | EngineCode;
