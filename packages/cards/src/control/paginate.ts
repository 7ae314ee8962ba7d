/** Paginate: calls a flow page by page until its state says that there are no more. */
import { defineCard, type FlowResult, LimitError, RunError, type ValueObject } from '@flowdeck/engine';
import { compare, getPath, typeOf } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { after, repeat } from '../shared/eventually.js';
import { FLOW, FORWARDED } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';

const MOST_PAGES = 5000;

export const paginate = defineCard({
  id: 'control.paginate',
  title: 'Paginate',
  description:
    'Calls a flow with the keys of an object as its inputs, takes what it returns as the next object, and goes on until the object has no value at the path. The flow is called at least once.',
  kind: 'control',
  inputs: [
    { key: 'object', type: 'object', label: 'object', description: 'What the first call gets.', required: true },
    {
      key: 'path',
      type: 'text',
      label: 'path',
      description: 'Where the object holds the value that says "go on". Which value does not matter.',
      required: true,
      default: 'break',
    },
    FLOW,
  ],
  extraInputs: FORWARDED,
  outputs: [{ key: 'object', type: 'object', label: 'object', description: 'What the last call returned.' }],
  traits: { passive: true },
  errors: {
    limit: 'There were more than 5,000 pages (limit "pages").',
    'paginate-unchanged': 'A call returned exactly what it was given, so that the pages would never end.',
  },
  examples: [{ in: { object: { next: '/users?page=1', users: [] }, path: 'next', flow: 'fetch-page' } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:control:0.0.1:paginate', in: { flo: 'flow' } },
  ],
  run: (start, path, flow, ctx) => {
    const segments = segmentsOf(path);
    let state = start;
    let page = 0;
    const paged = repeat(() =>
      after(ctx.call(flow, { inputs: state, index: page }), (result) => {
        const before = state;
        state = stateOf(result);
        page++;
        if (getPath(state, segments) === null) return false;
        checkProgress(before, state, segments);
        if (page === MOST_PAGES) throw tooMany();
        return true;
      }),
    );
    return after(paged, () => ({ object: state }));
  },
});

/** A single field that holds an object is the object; otherwise the fields are its keys. */
function stateOf(result: FlowResult): ValueObject {
  if (result.kind === 'stop') return {};
  // A value whose type is object is a record of values.
  return typeOf(result.value) === 'object' ? (result.value as ValueObject) : result.nested;
}

/** The value at the path nearly always differs, which spares comparing lists that grow with every page. */
function checkProgress(before: ValueObject, now: ValueObject, segments: readonly string[]): void {
  if (!compare(getPath(before, segments), '===', getPath(now, segments))) return;
  if (!compare(before, '===', now)) return;
  throw new RunError<CardsCode>(
    'paginate-unchanged',
    'The flow returned the object that it was given, so the pages would never end.',
    {
      hint: 'Let the flow advance its position, or return the object without the value at the path.',
    },
  );
}

function tooMany(): LimitError {
  return new LimitError('pages', `There are more than ${MOST_PAGES} pages.`, {
    hint: 'Ask the service for larger pages.',
  });
}
