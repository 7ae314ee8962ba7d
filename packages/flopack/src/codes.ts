/** The codes of reading and writing exports of flows. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable, type EngineCode } from '@flowdeck/engine/kit';

export const FLOPACK_CODES = codeTable({
  // Exports of flows
  'not-a-flopack': {
    class: 'document',
    sentence: 'The file is no export of flows.',
    remedy: 'Its `type` is `flopack`.',
  },
  'missing-data': {
    class: 'document',
    sentence: 'The export holds no data.',
    remedy: 'Export it again.',
  },
  'too-large': {
    class: 'document',
    sentence: 'The text is longer than `maxLength`.',
    remedy: 'Raise it.',
  },
  'wrong-shape': {
    class: 'document',
    sentence: 'A part is not of the kind that the format has there.',
    remedy: 'Export it again.',
  },
  'unknown-type': {
    class: 'warning',
    sentence: 'A type that is not known; the field takes anything.',
    remedy: 'None, or correct it.',
  },
  'unknown-flag': {
    class: 'warning',
    sentence: 'A flag is neither true nor false; it is taken for true.',
    remedy: 'None, or correct it.',
  },
  'unknown-policy': {
    class: 'document',
    sentence: 'An error policy that is not known.',
    remedy: 'Take one of those that the hint names.',
  },
  'id-mismatch': {
    class: 'warning',
    sentence: 'A part stands under another id than its own.',
    remedy: 'Correct one of the two.',
  },
  'malformed-address': {
    class: 'document',
    sentence: 'A text that is not the address of a card.',
    remedy: 'The hint shows the form.',
  },
  'nested-too-deep': {
    class: 'document',
    sentence: 'Blocks are nested too deeply.',
    remedy: 'Move inner blocks to helper flows.',
  },
  'dangling-pin': {
    class: 'document',
    sentence: 'A wire begins or ends nowhere.',
    remedy: 'Remove it, or correct its end.',
  },
  'dangling-ordering': {
    class: 'document',
    sentence: 'The order names a card that is not there.',
    remedy: 'Remove the constraint.',
  },
  'dangling-branch': {
    class: 'document',
    sentence: 'A lane begins with a card that is not there.',
    remedy: 'Correct it.',
  },
  'second-pin': {
    class: 'document',
    sentence: 'An input has several wires; only one is taken.',
    remedy: 'Only a Join takes one from each lane.',
  },
  'missing-join': {
    class: 'document',
    sentence: 'The lanes of a card never come together.',
    remedy: 'Add a Join that both lead to.',
  },
  'two-roots': {
    class: 'document',
    sentence: 'Several cards have none before them.',
    remedy: 'Add an ordering that leads to all but the first.',
  },
  'ordering-cycle': {
    class: 'document',
    sentence: 'The order runs in a circle.',
    remedy: 'Remove the ordering that closes it.',
  },
  'lost-value': {
    class: 'document',
    sentence: 'Where a value comes from cannot be told.',
    remedy: 'Wire it anew.',
  },
  'unused-wire': {
    class: 'warning',
    sentence: 'A wire has no effect.',
    remedy: 'None, or remove it.',
  },
  'where-without-value': {
    class: 'warning',
    sentence: 'The value of a term of a Where Expression is not wired; the term compares with nothing.',
    remedy: 'Wire it anew.',
  },
  'unmapped-input': {
    class: 'warning',
    sentence: "An input that Flowdeck's card does not have; it has no effect.",
    remedy: 'Check that the flow does not depend on it.',
  },
  'unmapped-output': {
    class: 'warning',
    sentence: "A wire from an output that Flowdeck's card does not have; nothing arrives.",
    remedy: 'Check that the flow does not depend on it.',
  },
  'flow-not-included': {
    class: 'document',
    sentence: 'A flow that is called is not in the file. As a handler of errors it is needed; else *warning*.',
    remedy: 'Export it together with its callers.',
  },
  'table-not-included': {
    class: 'warning',
    sentence: 'A table is not in the file.',
    remedy: 'Export it with the flows.',
  },
  'connection-not-included': {
    class: 'warning',
    sentence: 'A connection is not in the file.',
    remedy: 'Choose a connection for the card.',
  },
  'not-exportable': {
    class: 'document',
    sentence: 'The format has nothing for this part of the flow.',
    remedy: 'Take another card or binding; the hint suggests one.',
  },
  'not-exported': {
    class: 'warning',
    sentence: 'The format has no place for a setting; the export goes without it.',
    remedy: 'Set it again where the flow is imported, if it can be set there.',
  },
  'rule-flow-id': {
    class: 'document',
    sentence: "A flow's id is its key and the uuid of its body; the id of the body is null.",
    remedy: 'Correct the id.',
  },
  'rule-schedule': {
    class: 'document',
    sentence: 'A flow is scheduled exactly when its cron is not empty.',
    remedy: 'Correct one of the two.',
  },
  'rule-folder-path': {
    class: 'document',
    sentence: "A folder's path consists of folders of the file.",
    remedy: 'Add the folder.',
  },
  'rule-block-header': {
    class: 'document',
    sentence: "A block's id is its uuid; it has no folder, no schedule, and no log of its own.",
    remedy: 'Remove them.',
  },
  'rule-one-trigger': {
    class: 'document',
    sentence: 'Only the first card of a graph starts it.',
    remedy: 'Remove the others.',
  },
  'rule-card-shape': {
    class: 'document',
    sentence: 'A card has all seven members.',
    remedy: 'Add those that are missing.',
  },
  'rule-card-key': {
    class: 'document',
    sentence: 'The keys of node and model are the last part of the address.',
    remedy: 'Correct them.',
  },
  'rule-parents': {
    class: 'document',
    sentence: 'The parents repeat pieces of the address.',
    remedy: 'Correct them.',
  },
  'rule-mirrored': {
    class: 'warning',
    sentence: 'A mirrored card has the same outputs as inputs, of the same types.',
    remedy: 'Repeat them.',
  },
  'rule-parameters': {
    class: 'document',
    sentence: 'Settings are exactly the inputs in the group `parameters`.',
    remedy: 'Move the input.',
  },
  'rule-literal': {
    class: 'document',
    sentence: 'A literal is of the type of its field.',
    remedy: 'Correct it.',
  },
  'rule-proxy': {
    class: 'warning',
    sentence: 'An argument per item repeats its own name, and has neither wire nor literal when it takes the item.',
    remedy: 'Remove what is too much.',
  },
  'rule-template': {
    class: 'document',
    sentence: "The names in a template are exactly the card's other inputs.",
    remedy: 'Add or remove inputs.',
  },
  'rule-if': {
    class: 'document',
    sentence: 'An If/Else has two lanes, each begun by a hidden No-op without fields.',
    remedy: 'Add what is missing.',
  },
  'rule-join': {
    class: 'document',
    sentence: 'Every input of a Join is shown by exactly one output.',
    remedy: 'Correct the outputs.',
  },
  'rule-blocks': {
    class: 'warning',
    sentence: 'The blocks of If/ElseIf and If Error end with their only Return, which gives what the card gives.',
    remedy: 'Correct the Return.',
  },
  'rule-handler': {
    class: 'warning',
    sentence: 'If Error, and no other card, has a block for errors.',
    remedy: 'Move the block.',
  },
  'rule-wormhole': {
    class: 'document',
    sentence:
      'A value enters a block by an input of the owner that is wired, and an output of the same name and type that is used.',
    remedy: 'Wire it through.',
  },
  'rule-field-ids': {
    class: 'document',
    sentence: 'Field ids are unique in their graph, across cards and both sides.',
    remedy: 'Give another id.',
  },
  'rule-pin-count': {
    class: 'document',
    sentence: 'An input has at most one wire; that of a Join at most two.',
    remedy: 'Remove the others.',
  },
  'rule-transform': {
    class: 'document',
    sentence: 'A conversion has exactly one entry, which names the output twice.',
    remedy: 'Correct it.',
  },
  'rule-pin-types': {
    class: 'document',
    sentence: 'A wire between two types carries a conversion, unless both are objects.',
    remedy: 'Add the conversion.',
  },
  'rule-order': {
    class: 'document',
    sentence: 'Every card comes directly behind the one before it: the order is unique.',
    remedy: 'Add or remove orderings.',
  },
  'rule-pins-forward': {
    class: 'document',
    sentence: 'Wires lead forward, and out of a lane only to its Join.',
    remedy: 'Move the card or the wire.',
  },
});

/** What an import or export may find. */
export type FlopackCode = keyof typeof FLOPACK_CODES | EngineCode;
