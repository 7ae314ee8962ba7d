/** `lint-literal-secret`: a secret stands in the file. */
import type { Field } from '@flowdeck/engine';
import { fieldName, pointerTo } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import { isSecretName, looksRandom, secretKind } from '../secrets.js';
import { type BindingSite, type FlowSite, sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Report, Rule } from '../types.js';

export const literalSecret: Rule = {
  id: 'lint-literal-secret',
  severity: 'warning',
  title: 'A secret is written into the file',
  explanation:
    'Whoever may read the flow may read what is written in it: in exports, in version control, in a review. Found are texts in the form of well-known keys and tokens, passwords in URLs and in Basic headers, constants given to an input that its card declares a secret, constants in inputs named "password", "client_secret" and the like, and defaults of secret fields. Placeholders such as "{{token}}", "<secret>" and "changeme" are not taken for secrets. The diagnostic does not repeat the text.',
  bad: {
    title: 'The token stands in the header',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      cards: [
        {
          id: 'headers',
          card: 'object.construct',
          in: { Authorization: 'Bearer 7Qm2vX9dLr4TzK8wYb3NcE6h' },
        },
        { card: 'flow.return', in: { headers: { from: '/headers/output' } } },
      ],
    },
  },
  good: {
    title: 'The token comes from the connection',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      cards: [
        {
          id: 'bearer',
          card: 'text.concatenate',
          in: { 'text 1': 'Bearer ', 'text 2': { from: '/connection/access_token' } },
        },
        { id: 'headers', card: 'object.construct', in: { Authorization: { from: '/bearer/output' } } },
        { card: 'flow.return', in: { headers: { from: '/headers/output' } } },
      ],
    },
  },
  check: (file, report) => {
    for (const flow of file.flows) {
      checkFields(flow, report);
      for (const card of flow.cards) for (const site of card.bindings) checkBinding(site, report);
    }
  },
};

const HINT = 'Keep it in a connection, or take it as an input that is marked secret. Change it where it is in use.';

function checkBinding(site: BindingSite, report: Report): void {
  const { card, binding, name } = site;
  const reason = reasonOf(site);
  if (reason !== null)
    report(card, { pointer: sourcePointer(site), message: `${quoted(name)} holds ${reason}.`, hint: HINT });
  else if (typeof binding === 'object' && binding !== null && 'value' in binding) {
    const inside = findInside(binding.value, sourcePointer(site));
    if (inside) report(card, { pointer: inside.pointer, message: `${quoted(name)} holds ${inside.kind}.`, hint: HINT });
  }
}

/** What kind of secret a text binding holds, or null. */
function reasonOf(site: BindingSite): string | null {
  const { card, binding, name } = site;
  if (typeof binding === 'object' && binding !== null && 'expr' in binding) return secretKind(binding.expr);
  const text = literalOf(site);
  if (text === null || text === '') return null;
  const kind = constantKind(name, text);
  if (kind !== null) return kind;
  const field = site.part === 'in' ? card.type?.inputs.find((input) => fieldName(input) === name) : undefined;
  return field?.secret && looksRandom(text) ? 'a constant, and the card declares it a secret' : null;
}

/** A secret in a list or an object, without recursion: nobody may have bounded its depth. */
function findInside(value: unknown, pointer: string): { readonly pointer: string; readonly kind: string } | null {
  const open = [{ value, pointer }];
  for (let top = open.pop(); top; top = open.pop()) {
    if (typeof top.value !== 'object' || top.value === null) continue;
    for (const [key, member] of Object.entries(top.value)) {
      const place = pointerTo(top.pointer, key);
      open.push({ value: member, pointer: place });
      const kind = typeof member === 'string' ? constantKind(key, member) : null;
      if (kind !== null) return { pointer: place, kind };
    }
  }
  return null;
}

/** What kind of secret a constant under a name is, by its form or by the name. */
function constantKind(name: string, text: string): string | null {
  const kind = secretKind(text);
  if (kind !== null) return kind;
  return isSecretName(name) && looksRandom(text) ? 'a constant that looks like a secret' : null;
}

function checkFields(site: FlowSite, report: Report): void {
  for (const part of ['options', 'inputs'] as const) {
    for (const [index, field] of (site.flow[part] ?? []).entries()) {
      const kind = secretDefault(field);
      if (kind === null) continue;
      report(site, {
        pointer: pointerTo(site.pointer, part, index, 'default'),
        message: `The default of ${quoted(field.key)} is ${kind}.`,
        hint: 'Give no default: who runs the flow brings the secret.',
      });
    }
  }
}

function secretDefault({ key, secret, default: value }: Field): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const kind = constantKind(key, value);
  return kind === null && secret && looksRandom(value) ? 'a constant that looks like a secret' : kind;
}
