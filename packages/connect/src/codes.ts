/** The codes of connectors and connections. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable } from '@flowdeck/engine/kit';

export const CONNECT_CODES = codeTable({
  // Rules of connectors, with the number that the vendor's builder gives each
  'connector-name-taken': {
    class: 'document',
    sentence: 'Two flows of a connector have the same name (CBDE000001H).',
    remedy: 'Rename one of them.',
  },
  'connector-start': {
    class: 'document',
    sentence: 'A flow is of a type that nothing in a connector starts (CBDE000002H).',
    remedy: 'Give it the type of its role, or keep it in a deck of its own.',
  },
  'connector-flow-name': {
    class: 'document',
    sentence: 'The name of a flow holds more than letters, digits and spaces, or has a space at an end (CBDE000003H).',
    remedy: 'Rename it. Cards are found by ids, so that nothing breaks.',
  },
  'connector-authping-twice': {
    class: 'document',
    sentence: 'A connector has more than one authping flow (CBDE000004H).',
    remedy: 'Keep one; let others be helpers that it calls.',
  },
  'connector-authping-name': {
    class: 'document',
    sentence: 'The name `_authping` belongs to the authping flow (CBDE000005H).',
    remedy: 'Rename the other flow.',
  },
  'connector-revoke-twice': {
    class: 'document',
    sentence: 'A connector has more than one revoke flow (CBDE000006H).',
    remedy: 'Keep one; let others be helpers that it calls.',
  },
  'connector-revoke-name': {
    class: 'document',
    sentence: 'The name `_revoke` belongs to the revoke flow (CBDE000007H).',
    remedy: 'Rename the other flow.',
  },
  'connector-fields': {
    class: 'document',
    sentence: 'A flow lacks an input or output that its role needs (CBDE000008H).',
    remedy: 'Declare it; the message names it.',
  },
  'connector-key-twice': {
    class: 'document',
    sentence: 'Two things that flows read under `/connection` have the same key.',
    remedy: 'Give one of them another key.',
  },
  'connector-config': {
    class: 'document',
    sentence: 'A config value has neither a value nor a flow that gives one, or has both.',
    remedy: 'Keep one of the two.',
  },
  'connector-lookup': {
    class: 'document',
    sentence: 'What a connector says about the choices or the members of a field does not go together.',
    remedy: 'See the message: an action, a field or an input of the flow that is asked is not there, or does not fit.',
  },
  'connector-oauth': {
    class: 'document',
    sentence: 'What a method of authentication says of OAuth does not go together.',
    remedy: 'See the message.',
  },
  'connector-placeholder': {
    class: 'document',
    sentence: 'A URL or parameter of OAuth names something that no connection has.',
    remedy: 'Declare it under `parameters`, or correct the name.',
  },
  'connector-delivery': {
    class: 'document',
    sentence: 'What an event says of its deliveries does not go together.',
    remedy: 'See the message.',
  },
  'connector-catch-up': {
    class: 'document',
    sentence: 'The poll by which an event catches up is not there, or its items cannot be told from deliveries.',
    remedy: 'See the message.',
  },
  'connector-icon': {
    class: 'document',
    sentence: 'The icon that the manifest names is not in the directory.',
    remedy: 'Put it there, or correct the path.',
  },
  // Connections
  'connection-needs-login': {
    class: 'connection',
    sentence: 'The grant of a connection is dead: the service takes its refresh token no more, or it was taken back.',
    remedy: 'Let its owner log in again: `flowdeck connection login NAME`.',
  },
  'connection-oauth': {
    class: 'connection',
    sentence: 'The authorization server does not take the client, or the request as the connector makes it.',
    remedy: 'Check `client_id`, `client_secret`, the parameters, and `oauth` of the manifest.',
  },
  'connection-unsettled': {
    class: 'connection',
    sentence: 'A token has ended, and whether there is another cannot be told now.',
    remedy: 'Wait: the old one is kept, and it is tried again.',
  },
  'connection-name': {
    class: 'use',
    sentence: 'A connection cannot be called so.',
    remedy: 'Letters, digits, `_`, `-` and `.`, not at the front; at most 64.',
  },
  'connection-store': {
    class: 'use',
    sentence: 'The store of connections cannot be read or written.',
    remedy: 'See the message.',
  },
  'connection-key': {
    class: 'use',
    sentence: 'The key does not open the store of connections, or is no key.',
    remedy: 'Give the key that it was made with: 32 bytes, as Base64.',
  },
  'login-port': {
    class: 'use',
    sentence: 'Nobody can listen there for the browser to come back.',
    remedy: 'Give another port, or log in with `--paste`.',
  },
  'login-cancelled': {
    class: 'use',
    sentence: 'A login was given up before there was an answer.',
    remedy: 'Log in again.',
  },
  // Asking what a field may be
  'lookup-unknown': {
    class: 'use',
    sentence: 'A question about a field names a connector, an action or a field that is not there.',
    remedy: 'See the hint: it names those that are.',
  },
  'lookup-none': {
    class: 'use',
    sentence: 'Nothing says what the field may be: it is not chosen from a list.',
    remedy: 'Give any value of its type, or add the field to `lookups` of the manifest.',
  },
  'lookup-connection': {
    class: 'use',
    sentence: 'What a field may be only the service can tell, and there is no connection to ask with.',
    remedy: 'Give one with the question: `--connection NAME=FILE`.',
  },
  'lookup-depends': {
    class: 'use',
    sentence: 'What a field may be depends on another field, which has no value yet.',
    remedy: 'Choose the other first, and give its value with the question.',
  },
  'lookup-answer': {
    class: 'use',
    sentence: 'The flow that finds out what a field may be gave no choices or fields.',
    remedy:
      'Correct `items`, `value` and `label` of the lookup, or what the flow returns; the message names the place.',
  },
  'connector-directory': {
    class: 'use',
    sentence: 'A directory is no connector, or cannot be read.',
    remedy: 'It holds `connector.json`, and the flows in `flows/*.flow.json`.',
  },
});

/** The codes of errors and diagnostics that this package makes. */
export type ConnectCode = keyof typeof CONNECT_CODES;
