/** Whether a card of the original can be written over. */
import { isObject, type JsonObject, member } from '../json.js';

/** True when fields can be found and changed in it. */
export function isReusable(raw: JsonObject): boolean {
  const model = member(raw['node'], 'model');
  return (
    isObject(model) &&
    ['inputs', 'outputs'].every((side) => {
      const data = member(model[side], 'data');
      return isObject(data) && Object.values(data).every(isField);
    })
  );
}

function isField(field: unknown): boolean {
  return isObject(field) && isObject(field['value']) && isObject(field['metadata']) && typeof field['key'] === 'string';
}
