/** Which methods a request may have. */
import { httpError } from './errors.js';
import { isToken } from './headers.js';

/** CONNECT opens a tunnel past every check; TRACE sends secrets back to whoever asks. */
export function readMethod(method: string): string {
  const name = isToken(method) ? method.toUpperCase() : '';
  if (name !== '' && name !== 'CONNECT' && name !== 'TRACE') return name;
  throw httpError(
    'http-method',
    'the method cannot be sent.',
    { method: name || 'HTTP', url: null },
    {
      hint: 'Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.',
    },
  );
}
