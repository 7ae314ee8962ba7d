/** Puts the files of a connector's directory together: one deck, as a bundled file holds it. */
import type { Diagnostic, FlowDocument } from '@flowdeck/engine';
import { type DeckFlow, isDeck, ParsedDocument, parseDocument } from '@flowdeck/engine/kit';
import { checkConnector } from '../rules/check.js';
import { pointerInManifest, readManifest } from './manifest.js';
import type { ConnectorDeck } from './types.js';

/** A file of a connector's directory. */
export interface ConnectorFile {
  /** What diagnostics call it. */
  readonly path: string;
  /** JSON. */
  readonly text: string;
}

/** The files of a connector that say what it does. */
export interface ConnectorFiles {
  /** `connector.json`. */
  readonly manifest: ConnectorFile;
  /** `flows/*.flow.json`, in the order that the deck gets. */
  readonly flows: readonly ConnectorFile[];
}

/** What the files of a connector came to. */
export interface AssembledConnector {
  /** Null when there is a diagnostic of severity `error`. */
  readonly deck: ConnectorDeck | null;
  /** All that is wrong with any of the files, and with all of them together; each names its file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Leads diagnostics of the deck back into the files. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[];
}

/**
 * Reads a connector from the files of its directory. It never throws. That the cards of its flows are there, and fit, is
 * looked at when an engine loads the deck.
 */
export function assembleConnector({ manifest, flows }: ConnectorFiles): AssembledConnector {
  const head = readManifest(manifest.text, manifest.path);
  const parts = flows.map(({ path, text }) => ({ path, parsed: oneFlow(parseDocument(text, { file: path })) }));
  const found = [head, ...parts.map(({ parsed }) => parsed)].flatMap(({ diagnostics }) => diagnostics);
  const place = placer(
    head,
    parts.map(({ parsed }) => parsed),
  );
  const deck = deckOf(
    head,
    parts.map(({ parsed }) => parsed),
  );
  if (deck === null) return { deck, diagnostics: found, place };
  const diagnostics = [...found, ...place([...duplicates(deck), ...checkConnector(deck)])];
  return { deck: diagnostics.some(({ severity }) => severity === 'error') ? null : deck, diagnostics, place };
}

/** A file of a connector's directory holds one flow: what belongs to all of them stands in the manifest. */
function oneFlow(parsed: ParsedDocument): ParsedDocument {
  const { document, json, file } = parsed;
  if (document === null || !isDeck(document)) return parsed;
  const found: Diagnostic = {
    severity: 'error',
    code: 'schema-type',
    message: 'A flow file of a connector holds one flow, and this one a deck.',
    pointer: '/flows',
    hint: 'Give each flow a file of its own.',
  };
  const origin = { ...(file === undefined ? {} : { file }), ...(json === null ? {} : { json }) };
  return new ParsedDocument(null, [...parsed.diagnostics, found], origin);
}

function deckOf(head: ParsedDocument, parts: readonly ParsedDocument[]): ConnectorDeck | null {
  const { document } = head;
  if (document === null || !isDeck(document) || document.connector === undefined) return null;
  const requires: Record<string, string> = {};
  const flows: DeckFlow[] = [];
  for (const part of parts) {
    const flow = part.document;
    if (flow === null || isDeck(flow)) return null;
    Object.assign(requires, flow.requires);
    flows.push(bare(flow));
  }
  const { connector } = document;
  const needs = Object.keys(requires).length === 0 ? {} : { requires };
  return { flowdeck: 1, name: connector.name, ...needs, flows, connector };
}

function bare({ flowdeck: _, $schema: __, requires: ___, ...flow }: FlowDocument): DeckFlow {
  return flow;
}

/** That ids are unique within a file is seen when it is parsed; these stand in files of their own. */
function duplicates({ flows }: ConnectorDeck): readonly Diagnostic[] {
  return flows.flatMap(({ id }, index): readonly Diagnostic[] => {
    const first = flows.findIndex((flow) => flow.id === id);
    if (first === index) return [];
    const message = `The flow id "${id}" is taken already.`;
    const hint = 'Give one of the flows another id.';
    return [{ severity: 'error', code: 'duplicate-flow', message, hint, pointer: `/flows/${index}/id` }];
  });
}

function placer(head: ParsedDocument, parts: readonly ParsedDocument[]): AssembledConnector['place'] {
  return (found) =>
    found.flatMap((diagnostic) => {
      const [, index, rest = ''] = /^\/flows\/(\d+)(\/.*)?$/s.exec(diagnostic.pointer) ?? [];
      const part = index === undefined ? undefined : parts[Number(index)];
      if (part) return part.place([{ ...diagnostic, pointer: rest }]);
      return head.place([{ ...diagnostic, pointer: pointerInManifest(diagnostic.pointer) }]);
    });
}
