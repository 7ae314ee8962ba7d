/** `lint-unencoded-form`: values are put into a form body as they are. */
import type { Field, FieldType } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import { targetOf } from '../calls.js';
import { originOf } from '../origin.js';
import { quoted } from '../quoted.js';
import { type BindingSite, type CardSite, sourcePointer } from '../sites.js';
import { outlineOf, type Piece, piecesOf, VALUE, valuesOf } from '../text.js';
import type { Rule } from '../types.js';
import { type Usage, usageOf } from '../usage.js';

export const unencodedForm: Rule = {
  id: 'lint-unencoded-form',
  severity: 'warning',
  title: 'A form is put together without encoding',
  explanation:
    'In a form body "+" means a space and "&" begins the next field: the number +15551230001 arrives without its plus, and a text with "&" is cut. Every value has to go through URL Encode Component (url.encodeComponent), or the whole through URL Encode Query (url.encodeQuery). Judged are texts of the form "name=value&name=value" made by Concatenate and Compose, a single pair when it is read by an input for a body, and expressions that join such texts. Numbers, true/false and dates need no encoding; what cards of an unknown type give is not judged.',
  bad: {
    title: 'To and Body are put in as they are',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      inputs: [
        { key: 'to', type: 'text' },
        { key: 'body', type: 'text' },
      ],
      cards: [
        {
          id: 'form',
          card: 'text.compose',
          in: {
            template: 'To={{{to}}}&Body={{{body}}}',
            to: { from: '/inputs/to' },
            body: { from: '/inputs/body' },
          },
        },
        { card: 'flow.return', in: { form: { from: '/form/output' } } },
      ],
    },
  },
  good: {
    title: 'Each value is encoded',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      inputs: [
        { key: 'to', type: 'text' },
        { key: 'body', type: 'text' },
      ],
      cards: [
        { id: 'to', card: 'url.encodeComponent', in: { text: { from: '/inputs/to' } } },
        { id: 'body', card: 'url.encodeComponent', in: { text: { from: '/inputs/body' } } },
        {
          id: 'form',
          card: 'text.compose',
          in: {
            template: 'To={{{to}}}&Body={{{body}}}',
            to: { from: '/to/output' },
            body: { from: '/body/output' },
          },
        },
        { card: 'flow.return', in: { form: { from: '/form/output' } } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      const usage = usageOf(flow);
      for (const card of flow.cards) {
        for (const site of card.bindings) if (joinsForm(site)) report(card, formDiagnostic(site, 'A value'));
        const pieces = piecesOf(card);
        if (pieces === null || !isForm(outlineOf(pieces), card, usage)) continue;
        const first = fieldValues(pieces).find((site) => !isSafe(site));
        if (first !== undefined) report(card, formDiagnostic(first, quoted(first.name)));
      }
    }
  },
};

function formDiagnostic(site: BindingSite, what: string): { pointer: string; message: string; hint: string } {
  return {
    pointer: sourcePointer(site),
    message: `${what} is put into a form as it is: "+", "&" and "%" in it change what arrives.`,
    hint: 'Encode each value with url.encodeComponent, or $encodeUrlComponent in an expression.',
  };
}

const PAIR = `[\\w.\\-[\\]%]{1,200}=[^&=\\s"'<>{}?]*`;
/** A text that goes on may begin with what another card has put together. */
const FORM = new RegExp(`^(?:${VALUE}|&?${PAIR})(?:&${PAIR})*&?$`);

function isForm(outline: string, card: CardSite, usage: Usage): boolean {
  if (!outline.includes(`=${VALUE}`) || !FORM.test(outline)) return false;
  return outline.includes('&') || usage.readersOf(card).some(({ name }) => /\bbody$/i.test(name));
}

/** The values that stand for the value of a field. */
function fieldValues(pieces: readonly Piece[]): readonly BindingSite[] {
  const startsWithForm = outlineOf(pieces).startsWith(VALUE);
  return startsWithForm ? valuesOf(pieces).slice(1) : valuesOf(pieces);
}

const PLAIN_TYPES: ReadonlySet<FieldType> = new Set(['number', 'boolean', 'date']);

/** Roots whose values may be any text. */
const OPEN_ROOTS: ReadonlySet<string> = new Set(['connection', 'error', 'item']);

/** What cannot be told counts as safe. */
function isSafe(site: BindingSite): boolean {
  const origin = originOf(site);
  if (origin === null || origin.kind === 'literal') return true;
  if (origin.kind === 'card') return isSafeCard(origin.card, origin.path);
  const { root, path } = origin;
  if (root !== 'inputs' && root !== 'options') return !OPEN_ROOTS.has(root);
  const field = site.card.flow.flow[root]?.find((input) => hasPath(input, path));
  return field !== undefined && (PLAIN_TYPES.has(field.type) || /encoded/i.test(field.key));
}

function hasPath(field: Field, path: readonly string[]): boolean {
  return path.join('/') === fieldName(field);
}

/** It makes its inputs fit for a form. What is not pure makes up what it gives. */
function encodes({ type }: CardSite): boolean {
  return type?.traits?.urlSafe === true && type.kind === 'pure';
}

function isSafeCard(card: CardSite, path: readonly string[]): boolean {
  const { type, node } = card;
  if (type === undefined || type.traits?.urlSafe === true) return true;
  const target = targetOf(card);
  if (target?.cards.some(encodes)) return true;
  const field = [...(node.outputs ?? []), ...type.outputs].find((output) => hasPath(output, path));
  return field !== undefined && PLAIN_TYPES.has(field.type);
}

/** In an expression: a text such as '&To=', and after it a path as it is. */
const FORM_JOIN = /(["'])&[\w.-]{1,100}=\1\s{0,20}&\s{0,20}[A-Za-z`]/;

function joinsForm({ binding }: BindingSite): boolean {
  return typeof binding === 'object' && binding !== null && 'expr' in binding && FORM_JOIN.test(binding.expr);
}
