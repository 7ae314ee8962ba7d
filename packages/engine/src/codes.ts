/**
 * The codes of the engine's errors and diagnostics: what happened, and what to do. A code that does not stand here does not
 * compile where the engine makes an error of it, and `docs/errors.md` is printed from here. Nothing reads the table at run
 * time, so that it is no part of what a host loads.
 */
import { codeTable } from './code-table.js';

export const ENGINE_CODES = codeTable({
  // Documents: syntax and schema
  'json-syntax': {
    class: 'document',
    sentence: 'The text is not JSON.',
    remedy: 'Correct it at the line and column that the message names.',
  },
  'not-json': {
    class: 'document',
    sentence:
      'The value holds what JSON cannot: a function, `undefined`, a number that is not finite; or the text of an export, given to the library, is not JSON.',
    remedy: 'Give JSON text, or plain data. A date is written as ISO 8601 text.',
  },
  'document-too-large': {
    class: 'document',
    sentence: 'The document has more bytes than `maxBytes` (32 MiB by default).',
    remedy: 'Keep data in files or tables, split the deck, or raise `maxBytes`.',
  },
  'document-too-deep': {
    class: 'document',
    sentence: 'More levels of lists and objects than `maxDepth` (100 by default), or a value that contains itself.',
    remedy: 'Move inner blocks to helper flows, or raise `maxDepth`.',
  },
  'key-too-long': {
    class: 'document',
    sentence: 'The name of a property is longer than any name should be.',
    remedy: 'Shorten it.',
  },
  'unsupported-version': {
    class: 'document',
    sentence: 'The document is written for another version of the format.',
    remedy: 'Use a newer engine, or write `"flowdeck": 1` and link `flow-1.json`.',
  },
  'schema-required': {
    class: 'document',
    sentence: 'A required property is missing.',
    remedy: 'Add it; the hint shows how.',
  },
  'schema-unknown-property': {
    class: 'document',
    sentence: 'A property that the format does not know.',
    remedy: 'Correct its name, or move your own data under `meta`.',
  },
  'schema-type': {
    class: 'document',
    sentence: 'A value of the wrong kind, such as text where a list is asked for.',
    remedy: 'Write the kind that the message names.',
  },
  'schema-enum': {
    class: 'document',
    sentence: 'None of the allowed words.',
    remedy: 'Choose one of those listed.',
  },
  'schema-range': {
    class: 'document',
    sentence: 'A number or a list is too small or too large.',
    remedy: 'Stay in the range that the message names.',
  },
  'schema-id': {
    class: 'document',
    sentence: 'Not an id.',
    remedy: 'Start with a letter or underscore; then letters, digits, underscores, hyphens; at most 64 characters.',
  },
  'schema-card-type': {
    class: 'document',
    sentence: 'Not the name of a card type.',
    remedy: 'Write namespace, dot, name: `text.compose`.',
  },
  'schema-block-name': {
    class: 'document',
    sentence: 'A name that a block may not have, such as a number.',
    remedy: 'Add a letter.',
  },
  'schema-blank': {
    class: 'document',
    sentence: 'A text that may not be blank is.',
    remedy: 'Write at least one letter.',
  },
  'schema-binding': {
    class: 'document',
    sentence: 'A binding object with no property, or with several.',
    remedy: 'Keep one of `value`, `from`, `expr`, `flow`, `item`. An object as a literal is `{"value": {...}}`.',
  },
  'schema-version': {
    class: 'document',
    sentence: 'Not a semantic version.',
    remedy: 'Write three numbers: `1.0.0`.',
  },
  'malformed-pointer': {
    class: 'document',
    sentence: 'A reference that is not a JSON Pointer.',
    remedy: 'Start with `/`; write `~1` for `/` and `~0` for `~` in names.',
  },
  'too-many-diagnostics': {
    class: 'info',
    sentence: 'There are more than 1,000 diagnostics; the others are not listed.',
    remedy: 'Repair these, then check again.',
  },
  'document-faulty': {
    class: 'document',
    sentence: 'A document was refused without a diagnostic.',
    remedy: 'Only a host that throws `DocumentError` itself can cause it: give it a diagnostic.',
  },

  // Documents: meaning
  'duplicate-member': {
    class: 'document',
    sentence:
      'A name stands twice in one object of the file, as after a merge that went wrong. The first of the two would be lost.',
    remedy: 'Keep one of the two, or rename one.',
  },
  'duplicate-id': {
    class: 'document',
    sentence: 'Two cards of a flow have the same id. Blocks count too.',
    remedy: 'Rename one.',
  },
  'duplicate-flow': {
    class: 'document',
    sentence: 'Two flows of a deck, or of the files of a directory, have the same id.',
    remedy: 'Rename one, or keep the files in directories of their own.',
  },
  'duplicate-table': {
    class: 'document',
    sentence: 'Two tables of a deck have the same id.',
    remedy: 'Rename one.',
  },
  'method-key': {
    class: 'document',
    sentence: 'A connector has several methods of authentication, and one has no key or that of another.',
    remedy: 'Give each a key of its own.',
  },
  'duplicate-field': {
    class: 'document',
    sentence: 'Two fields have the same name, or an option is named like an input.',
    remedy: 'Rename one, or put it into another group.',
  },
  'reserved-id': {
    class: 'document',
    sentence: 'A card has the id of a root of references, such as `inputs` or `error`.',
    remedy: 'Choose another id.',
  },
  'unknown-flow': {
    class: 'document',
    sentence: 'There is no flow of this id or name.',
    remedy: 'Correct it, or put the flow into the same deck.',
  },
  'misplaced-trigger': {
    class: 'document',
    sentence:
      'A flow has a `schedule`, an `access` or an `event` that belongs to another type, or a part of it that does.',
    remedy: 'Remove it, or change the type.',
  },
  'access-incomplete': {
    class: 'document',
    sentence: 'An API flow takes OAuth tokens and does not say whose, or for whom.',
    remedy: 'Give `issuer` as a URL, and `audience`.',
  },
  'inexact-number': {
    class: 'warning',
    sentence:
      'A whole number in the document has more digits than JavaScript keeps: beyond 9007199254740991 other digits may come out.',
    remedy: 'Write it as text, in double quotes.',
  },
  'unsafe-key': {
    class: 'document',
    sentence: 'A name or path leads to the prototype of an object: `__proto__`, `constructor`, `prototype`.',
    remedy: 'Choose another name.',
  },

  // Plan
  'unknown-card': {
    class: 'plan',
    sentence: 'No pack that is loaded has this card type.',
    remedy: 'Correct the name, or load the pack that brings it.',
  },
  'unknown-field': {
    class: 'plan',
    sentence: 'The card or block has no input of this name.',
    remedy: 'Take one of those that the hint names.',
  },
  'missing-input': {
    class: 'plan',
    sentence:
      'A required input is not given, or (*warning*) is null. For a run: a required input of the flow is missing.',
    remedy: 'Give it a value.',
  },
  'not-a-choice': {
    class: 'plan',
    sentence: 'A literal is none of the choices of its input, or what arrives there when the flow runs is none.',
    remedy: 'Take one of the choices.',
  },
  'type-mismatch': {
    class: 'plan',
    sentence: 'What is bound, or the default of a field, can never become the type that is asked for.',
    remedy: 'Convert it with a card before, or read another output.',
  },
  'unresolved-reference': {
    class: 'plan',
    sentence: 'A reference names a card, an input or an output that does not exist.',
    remedy: 'Correct it; the hint suggests a name.',
  },
  'forward-reference': {
    class: 'plan',
    sentence: 'A card reads from one that runs after it.',
    remedy: 'Move that card before this one.',
  },
  'reference-into-block': {
    class: 'plan',
    sentence: 'A card outside of a block reads from a card inside.',
    remedy: 'Let the block give the value: by a Return in a scoped block, by `out` in an inline one.',
  },
  'item-out-of-place': {
    class: 'plan',
    sentence: '`{"item": ...}` where no flow is called per item.',
    remedy: 'Use `from`.',
  },
  'out-of-place': {
    class: 'plan',
    sentence: '`out` on a block that gives its outputs by a Return.',
    remedy: 'Put a `flow.return` at its end instead.',
  },
  'unknown-block': {
    class: 'plan',
    sentence: 'The card has no block of this name.',
    remedy: 'Correct the name.',
  },
  'missing-block': {
    class: 'plan',
    sentence: 'A block that the card needs is missing.',
    remedy: 'Add it; it may be empty.',
  },
  'unknown-output': {
    class: 'plan',
    sentence: 'An output that the card does not have is declared or given.',
    remedy: 'Correct the name, or declare it in `outputs`.',
  },
  'unknown-result': {
    class: 'warning',
    sentence: 'The flow that is called declares no such output; it is null unless it is returned all the same.',
    remedy: 'Declare it there.',
  },
  'unknown-parameter': {
    class: 'warning',
    sentence: 'The flow that is called has no such input; the value goes nowhere.',
    remedy: 'Correct the name, or declare it there.',
  },
  'missing-parameter': {
    class: 'warning',
    sentence: 'The flow that is called asks for an input that is not given; it gets the empty value of its type.',
    remedy: 'Give it.',
  },
  'missing-connection': {
    class: 'plan',
    sentence: 'A card that needs a connection names none.',
    remedy: 'Add `"connection": "name"`.',
  },
  'unused-connection': {
    class: 'warning',
    sentence: 'A card names a connection and takes none.',
    remedy: 'Remove `"connection"`.',
  },
  'option-not-fixed': {
    class: 'warning',
    sentence:
      'An option of a card, which is chosen when the card is placed, is bound to something that only a run knows.',
    remedy: 'Write its value; for several values use several cards.',
  },
  'connection-name-unknown': {
    class: 'warning',
    sentence:
      'A flow of a connector reads something of its connection that the manifest does not declare; it is null unless the host gives it.',
    remedy: 'Declare it under `auth.fields` or `parameters`, or correct the name.',
  },
  'flow-role': {
    class: 'plan',
    sentence:
      'The manifest of a connector names a flow of another type for a role, one for two roles, or one that asks for inputs where nobody gives any.',
    remedy:
      'Name another flow, or correct its type: `authping`, `revoke`, `helper` for `httpHelper`, `action` for `actions`, `webhook` for an event, `polling` for a poll.',
  },
  'duplicate-event': {
    class: 'plan',
    sentence: 'Two events or polls of a connector have the same key.',
    remedy: 'Give one of them another key.',
  },
  'flow-without-role': {
    class: 'warning',
    sentence: 'A flow has the type of a role of its connector, and the manifest does not name it.',
    remedy: 'Name it in the manifest, or change its type to `helper`.',
  },
  'missing-pack': {
    class: 'plan',
    sentence: 'The document requires a namespace that no pack brings.',
    remedy: 'Load the pack.',
  },
  'pack-version': {
    class: 'plan',
    sentence: 'A pack is loaded in a version outside of the range that the document requires.',
    remedy: 'Install one in that range.',
  },
  'unreachable-card': {
    class: 'warning',
    sentence: 'A card before this one always leaves the block.',
    remedy: 'Remove it, or move it up.',
  },
  'async-recursion': {
    class: 'warning',
    sentence:
      'A flow starts itself without waiting, directly or through others: every round starts more flows beside the run.',
    remedy: 'Make sure that a card before the call ends it; only the limit `steps` stops what does not.',
  },
  recursion: {
    class: 'info',
    sentence: 'A flow calls itself, directly or through others.',
    remedy: 'Make sure that a card before the call ends it.',
  },

  // Running
  timeout: {
    class: 'timeout',
    sentence: 'A card, an attempt, an expression or a wait took longer than it may.',
    remedy: 'Allow more time (`timeoutMs` of the card, limit `cardTimeMs`), or let it do less.',
  },
  limit: {
    class: 'limit',
    sentence: 'A limit was exceeded; the message names it and the card.',
    remedy:
      'Let the flow do less at a time, or raise the limit: `steps`, `callDepth`, `wallTimeMs`, `listLength`, `textLength`, `payloadBytes`, `outputLength`, `recordBytes`, or one of a card, a store or an expression. Of `members`, 50,000 of one object, a list of records holds more.',
  },
  cancelled: {
    class: 'cancelled',
    sentence: 'The run was cancelled by its signal or its handle.',
    remedy: 'None: it was asked for.',
  },
  'card-failed': {
    class: 'run',
    sentence: 'A card threw something that is no Flowdeck error.',
    remedy: "A fault of the card's pack: see `cause`, or run with `--trace`.",
  },
  'interceptor-result': {
    class: 'run',
    sentence: 'An interceptor of the host performed a card twice or not at all, or gave no HTTP answer.',
    remedy: 'Call `next` once, hand back what it gives, or throw an error to refuse.',
  },
  'card-output': {
    class: 'run',
    sentence: "A card's function gave something else than an object of outputs.",
    remedy: "A fault of the card's pack.",
  },
  'unknown-outcome': {
    class: 'run',
    sentence:
      'A card that may take place at most once was under way when its worker was lost, and whether it took place is not known. It is not repeated.',
    remedy: 'Look at the receiver for the key and the time that the error names, and handle this code in the flow.',
  },
  'given-up': {
    class: 'run',
    sentence: 'A life of a run is over, since its runtime or its host gave it up. Nothing is told of an end.',
    remedy: 'None: the run is lived again by whoever keeps it. The cause says why.',
  },
  'impure-flow': {
    class: 'run',
    sentence: 'A card of a flow that counts as pure waits, starts a flow or performs an effect on a durable runtime.',
    remedy: 'Take the trait `passive` from the card type: it acts.',
  },
  'not-a-flow': {
    class: 'run',
    sentence: 'A card that calls a flow was given none.',
    remedy: 'Bind the input with `{"flow": "id"}`.',
  },
  'flow-ambiguous': {
    class: 'use',
    sentence: 'The file holds several flows, or several of the name given, and it is not clear which one to run.',
    remedy: 'Name one by its id.',
  },
  'unknown-input': {
    class: 'use',
    sentence:
      'The flow has no input or option of this name; or an extra input of a card stands in no group that it knows.',
    remedy: 'Take one of those that the hint names.',
  },
  'invalid-input': {
    class: 'use',
    sentence: 'A value given to the run does not fit the type of its input.',
    remedy: 'Give one that does; the message tells the type.',
  },
  'invalid-request': {
    class: 'use',
    sentence: 'A call that came from elsewhere is not as the engine makes them.',
    remedy: 'Hand on a request as the runtime was given it; the message names the member.',
  },
  'run-unknown': {
    class: 'use',
    sentence: 'A runtime has no run of this id.',
    remedy: 'Check the id. A runtime forgets runs some time after they have ended.',
  },
  'run-ended': {
    class: 'use',
    sentence: 'A run has ended, and takes no signal any more.',
    remedy: 'Look at how it ended: `flowdeck runs show`. Signal a run while it waits.',
  },
  'runtime-away': {
    class: 'use',
    sentence: 'What keeps runs, a server or a database, cannot be reached.',
    remedy: 'Start it, or correct its address. Runs that it keeps are not lost.',
  },
  'runtime-differs': {
    class: 'use',
    sentence: 'What answers at the address of a runtime is another program, or another version.',
    remedy: 'Correct the address, or use the version that the README of the package names. Runs are not lost.',
  },
  'runtime-refused': {
    class: 'use',
    sentence: 'What keeps runs does not let the caller in.',
    remedy: 'Give the token, or the name and password, that it was started with.',
  },
  'runtime-key': {
    class: 'use',
    sentence:
      'What a runtime or a host keeps was sealed with another key than the one that was given, or that is none.',
    remedy: 'Give the key that it was sealed with. Nothing of it is lost.',
  },
  'annex-missing': {
    class: 'use',
    sentence: 'Something that a run remembers was too long for its runtime, and is not where it was put.',
    remedy: 'Give all workers the annex that the run began with, or restore it. The run waits for it.',
  },
  'interpreter-differs': {
    class: 'use',
    sentence: 'A run began with another version of the interpreter than this worker has.',
    remedy: 'Keep a worker of that version until its runs have ended. The run waits for it.',
  },
  'revision-missing': {
    class: 'use',
    sentence: 'A worker was given a call into a deck whose revision it does not have.',
    remedy: 'Give the call back, so that a worker takes it which has the revision; or load that revision there.',
  },
  'signal-elsewhere': {
    class: 'use',
    sentence: 'A signal was sent by the handle of a run that has a runtime of its own.',
    remedy: 'Send it by that runtime.',
  },
  'invalid-metadata': {
    class: 'use',
    sentence: 'The metadata of a run holds what JSON has no form for.',
    remedy: 'Give an object of texts, finite numbers, booleans, null, lists and objects; the message names the place.',
  },
  'option-unknown': {
    class: 'use',
    sentence: 'An option of `createEngine`, `load` or `run`, or a port, that there is not.',
    remedy: 'The hint names the one that was meant, or where it belongs.',
  },
  'option-invalid': {
    class: 'use',
    sentence: 'An option is of another kind: a function for a port, a text for an object, a Map for connections.',
    remedy: 'The hint says what to write.',
  },
  'not-a-deck': {
    class: 'use',
    sentence: 'What is to be run is no loaded deck.',
    remedy: 'Load the flow file with `engine.load(source)`, by the same copy of the engine, and run what that gives.',
  },
  'limit-invalid': {
    class: 'use',
    sentence: 'A limit is unknown, or not a positive number.',
    remedy: 'See the limits in [embedding](embedding.md#limits).',
  },

  // Values and expressions
  conversion: {
    class: 'conversion',
    sentence: 'A value cannot become the type of the field that it is given to.',
    remedy: 'Give another value, or convert it with a card first. The place names the field.',
  },
  'unknown-conversion': {
    class: 'run',
    sentence: 'There is no conversion of this name.',
    remedy: 'Take one of those that the hint names.',
  },
  'unknown-operator': {
    class: 'run',
    sentence: 'A comparison with an operator that does not exist.',
    remedy: 'Take one of those that the hint names.',
  },
  'pointer-syntax': {
    class: 'run',
    sentence: 'A text used as a JSON Pointer is none.',
    remedy: 'Start with `/`.',
  },
  'path-depth': {
    class: 'run',
    sentence: 'A path has more than 1,000 keys.',
    remedy: 'Shorten it.',
  },
  'path-index': {
    class: 'run',
    sentence: 'A path leads into a list at a position that is no usable index.',
    remedy: 'Use a whole number that is not too large.',
  },
  expression: {
    class: 'run',
    sentence: "An expression failed on the values that it read. `extra.jsonata` has JSONata's own code.",
    remedy: 'Check the types of those values.',
  },
  'expression-syntax': {
    class: 'plan',
    sentence: 'The text is not a JSONata expression.',
    remedy: 'Correct it at the character that the message names.',
  },
  'expression-too-long': {
    class: 'plan',
    sentence: 'The expression has more than 20,000 characters.',
    remedy: 'Split it over several cards.',
  },
  'expression-too-deep': {
    class: 'plan',
    sentence: 'The expression nests too deeply.',
    remedy: 'Split it over several cards.',
  },
  'expression-regex': {
    class: 'run',
    sentence: 'The expression has a regular expression, or a function where a text is asked for.',
    remedy: 'Use a text, or a card that matches patterns.',
  },
  'expression-signature': {
    class: 'plan',
    sentence: 'The expression declares the signature of a function.',
    remedy: 'Declare the function without `<...>`.',
  },
  'expression-eval': {
    class: 'run',
    sentence: 'The expression uses `$eval`.',
    remedy: 'Write the inner expression out.',
  },
  'expression-port': {
    class: 'run',
    sentence: 'The expression asks for the time or for randomness where there is none.',
    remedy: 'Read it with a card.',
  },
  'expression-picture': {
    class: 'run',
    sentence: 'A picture of a number or date is out of bounds.',
    remedy: 'Use up to 256 characters, widths up to 99, and finite numbers.',
  },
  'expression-input': {
    class: 'run',
    sentence: 'A value that the expression reads nests too deeply.',
    remedy: 'Flatten it.',
  },
  'expression-result': {
    class: 'run',
    sentence: 'The result is no value: a function, or a number that is not finite.',
    remedy: 'Let it give a text, a number, a boolean, a list, an object or nothing.',
  },

  // HTTP
  'http-missing': {
    class: 'run',
    sentence: 'The engine has no HTTP port.',
    remedy: '`createEngine({ ports: { http: httpPort() } })`.',
  },
  'http-answer': {
    class: 'run',
    sentence: 'The HTTP port of the host gave something that is no HTTP answer.',
    remedy:
      'A fault of the port: it gives `{ status, statusText, headers, body, url }`, `headers` as an object of texts and `body` as a `Uint8Array`.',
  },

  // Connections
  'connection-missing': {
    class: 'connection',
    sentence: 'There is no connection of this name.',
    remedy: 'Give one: `connections: { name: { connector, auth, parameters } }`, or `--connection name=FILE`.',
  },
  'connection-invalid': {
    class: 'connection',
    sentence: 'What was given is no connection.',
    remedy: 'Give an object with `connector`, `auth` and, if there are any, `parameters`.',
  },
  'connection-incomplete': {
    class: 'connection',
    sentence: 'A field that the connector asks for is missing.',
    remedy: 'Add it; the place names it.',
  },
  'connection-mismatch': {
    class: 'connection',
    sentence: 'The connection belongs to another connector.',
    remedy: 'Give one of the connector that the card asks for.',
  },
  'connection-unavailable': {
    class: 'connection',
    sentence: "The host's store of connections failed.",
    remedy: 'See `cause`.',
  },

  // Connectors and packs
  'unknown-connector': {
    class: 'use',
    sentence: 'No pack that is loaded has this connector.',
    remedy: 'Load the pack that brings it.',
  },
  'not-a-connector': {
    class: 'use',
    sentence: 'A deck that was given as a connector has no manifest.',
    remedy: 'Add `connector` to it: see [connectors](connectors.md#the-manifest).',
  },
  'duplicate-address': {
    class: 'use',
    sentence: 'Two card types stand for one card of the foreign format.',
    remedy: 'Remove one of the two, or its address; or let the one that is to be taken say so with `insteadOf`.',
  },
  'duplicate-card': {
    class: 'use',
    sentence: 'Two packs claim one card type. In an export: two cards of one graph have the same id.',
    remedy: 'Remove one of the two.',
  },
  'duplicate-connector': {
    class: 'use',
    sentence: 'Two packs claim one connector.',
    remedy: 'Load each pack once.',
  },
  'duplicate-proof': {
    class: 'use',
    sentence: 'Two packs bring a proof of deliveries under one name.',
    remedy: 'Remove one of the two packs, or rename its proof.',
  },
  'pack-invalid': {
    class: 'use',
    sentence: 'The declaration of a pack is faulty, or its module cannot be loaded or exports none.',
    remedy: 'The message lists every fault, and `diagnostics` has them with the codes of class `declaration`.',
  },

  // Declarations and options
  'declaration-shape': {
    class: 'declaration',
    sentence: 'A member is of another kind: a text for a list, a module for a pack, undefined for a card.',
    remedy: 'The hint says what to write.',
  },
  'declaration-missing': {
    class: 'declaration',
    sentence: 'A member that has to be there is not.',
    remedy: 'Add it.',
  },
  'declaration-unknown': {
    class: 'declaration',
    sentence: 'A member that there is not.',
    remedy: 'Correct its name, or remove it.',
  },
  'declaration-value': {
    class: 'declaration',
    sentence:
      'A value that the member does not take: a kind or type that does not exist, a time that is no number, a blank title, a malformed version.',
    remedy: 'The hint names those that it takes.',
  },
  'declaration-name': {
    class: 'declaration',
    sentence:
      "A malformed namespace, id or error code, one outside the pack's namespace, or one that reaches a prototype.",
    remedy: 'Rename it.',
  },
  'declaration-duplicate': {
    class: 'declaration',
    sentence: 'A card or a field is declared twice.',
    remedy: 'Rename one, or remove it.',
  },
  'declaration-default': {
    class: 'declaration',
    sentence: 'A default that is not of the type of its field, or none of its choices.',
    remedy: 'Write one that is.',
  },
  'declaration-example': {
    class: 'declaration',
    sentence:
      'An example names an input, output or error that the card does not declare, or gives a value that does not fit.',
    remedy: 'Correct the example, or declare what it shows.',
  },
  'declaration-conflict': {
    class: 'declaration',
    sentence: 'Two members that do not go together, such as blocks on a pure card.',
    remedy: 'Remove one of them.',
  },

  // Tables and files
  'table-missing': {
    class: 'run',
    sentence: 'There is no table of this id.',
    remedy: 'Declare it in the `tables` of the deck.',
  },
  'column-missing': {
    class: 'run',
    sentence: 'The table has no column of this name.',
    remedy: 'Take one of those that the hint names.',
  },
  'table-definition': {
    class: 'run',
    sentence: 'A column cannot have this name or type.',
    remedy: 'Change it in the `tables` of the deck.',
  },
  'table-mismatch': {
    class: 'run',
    sentence: 'A column that holds values is declared differently than before, or no more. Nothing was changed.',
    remedy: 'Declare it as it was, or clear the table first.',
  },
  'table-limit': {
    class: 'use',
    sentence: 'A limit of tables is unknown, or not a positive number.',
    remedy: 'Take one of those that the hint names.',
  },
  'where-operator': {
    class: 'run',
    sentence: 'The Where Expression uses an operator that does not exist.',
    remedy: 'Take one of those that the hint names.',
  },
});

/** A code of the engine. */
export type EngineCode = keyof typeof ENGINE_CODES;
