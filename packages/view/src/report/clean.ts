/**
 * Takes secrets out of a run before its report is made: out of values, messages and titles. Ids of flows, cards and fields
 * stay: they are the document's, and what a page is found by.
 */
import type { CardEntry, DeckDocument, ErrorData, ExecutionEntry, FlowFile, History } from '@flowdeck/engine';
import { type Bindings, type Block, type CardNode, type DeckFlow, isDeck, type Redactor } from '@flowdeck/engine/kit';
import type { ReportedRun } from './types.js';

type Hide = Redactor['redact'];

export function cleaned(run: ReportedRun, secrets: Redactor): ReportedRun {
  if (secrets.empty) return run;
  const { history, document, card, result, exchanges } = run;
  const { redact } = secrets;
  return {
    history: cleanHistory(history, redact),
    document: cleanDocument(document, redact),
    card,
    // A result holds more than is told of it.
    ...(result === undefined
      ? {}
      : { result: redact({ tables: result.tables, ignored: result.ignored, omitted: result.omitted }) }),
    ...(exchanges === undefined
      ? {}
      : {
          exchanges: exchanges.map(({ executionId, flow, card, ...told }) => ({
            executionId,
            flow,
            card,
            ...redact(told),
          })),
        }),
  };
}

function cleanHistory(history: History, hide: Hide): History {
  const executions = Object.entries(history.executions).map(
    ([key, execution]) => [key, cleanExecution(execution, hide)] as const,
  );
  return { ...history, executions: Object.assign(Object.create(null), Object.fromEntries(executions)) };
}

function cleanExecution(execution: ExecutionEntry, hide: Hide): ExecutionEntry {
  const { inputs, outputs, error, cards, logs, failures, flowName } = execution;
  return {
    ...execution,
    flowName: hide(flowName),
    inputs: hide(inputs),
    outputs: hide(outputs),
    error: cleanError(error, hide),
    cards: cards.map((page) => page.map((card) => cleanCard(card, hide))),
    logs: logs.map((page) =>
      page.map((line) => ({ ...line, message: hide(line.message), details: hide(line.details) })),
    ),
    failures: failures.map((failure) => ({ ...failure, error: cleanError(failure.error, hide) })),
  };
}

function cleanCard(card: CardEntry, hide: Hide): CardEntry {
  return {
    ...card,
    title: hide(card.title),
    inputs: hide(card.inputs),
    outputs: hide(card.outputs),
    error: cleanError(card.error, hide),
    retries: card.retries.map((retry) => ({ ...retry, error: cleanError(retry.error, hide) ?? retry.error })),
  };
}

function cleanError(error: ErrorData | null, hide: Hide): ErrorData | null {
  if (error === null) return null;
  const { message, hint, extra, service, cause } = error;
  const clean = cleanError(cause ?? null, hide);
  return {
    ...error,
    message: hide(message),
    ...(hint === undefined ? {} : { hint: hide(hint) }),
    ...(extra === undefined ? {} : { extra: hide(extra) }),
    ...(service === undefined
      ? {}
      : { service: { ...service, message: hide(service.message), link: hide(service.link) } }),
    ...(clean === null ? {} : { cause: clean }),
  };
}

function cleanDocument(file: FlowFile, hide: Hide): FlowFile {
  if (!isDeck(file)) return { ...file, ...cleanFlow(file, hide) };
  const deck: DeckDocument = { ...file, flows: file.flows.map((flow) => cleanFlow(flow, hide)) };
  return deck;
}

function cleanFlow(flow: DeckFlow, hide: Hide): DeckFlow {
  const { name, cards } = flow;
  return {
    ...flow,
    ...(name === undefined ? {} : { name: hide(name) }),
    cards: cards.map((card) => cleanNode(card, hide)),
  };
}

function cleanNode(node: CardNode, hide: Hide): CardNode {
  const { title, blocks } = node;
  return {
    ...node,
    ...(title === undefined ? {} : { title: hide(title) }),
    ...(node.in === undefined ? {} : { in: cleanBindings(node.in, hide) }),
    ...(blocks === undefined
      ? {}
      : { blocks: Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, cleanBlock(block, hide)])) }),
  };
}

function cleanBlock(block: Block, hide: Hide): Block {
  return {
    ...block,
    ...(block.in === undefined ? {} : { in: cleanBindings(block.in, hide) }),
    cards: block.cards.map((card) => cleanNode(card, hide)),
  };
}

/** Where a value comes from stays; what is written in the flow itself is looked through. */
function cleanBindings(bindings: Bindings, hide: Hide): Bindings {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, binding]) => {
      if (typeof binding !== 'object' || binding === null) return [name, hide(binding)];
      if ('value' in binding) return [name, { ...binding, value: hide(binding.value) }];
      return [name, 'expr' in binding ? { ...binding, expr: hide(binding.expr) } : binding];
    }),
  );
}
