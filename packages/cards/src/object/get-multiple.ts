/** Object Get Multiple: the values at several paths, each an output. */
import { defineCard } from '@flowdeck/engine';
import { fieldName, getPath, parsePath, safeObject } from '@flowdeck/engine/kit';
import { containerOf } from '../shared/places.js';
import { CONTAINER, PLACE_ERRORS } from './fields.js';

export const getMultiple = defineCard({
  id: 'object.getMultiple',
  title: 'Get Multiple',
  description:
    'For each output, the value of the object or list at the path that is its name. Null where there is none.',
  kind: 'pure',
  traits: { picks: true },
  inputs: [CONTAINER],
  outputs: [],
  extraOutputs: { type: 'any' },
  seesOutputs: true,
  errors: PLACE_ERRORS,
  examples: [
    {
      in: { object: { product: 'a123', parts: [{ partno: 12 }, { partno: 16 }] } },
      out: { product: 'a123', 'parts.1.partno': 16, 'parts.9.partno': null },
    },
    { title: 'No object', in: { object: null }, out: { name: null } },
    { title: 'Text that is not JSON', in: { object: 'potato' }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:pick' }],
  run: (object, outputs) => {
    const container = containerOf(object);
    return safeObject(outputs.map((field) => [fieldName(field), getPath(container, parsePath(field.key))]));
  },
});
