/** Patch: an HTTP PATCH request, JSON in and JSON out. */
import { requestWithBody } from './with-body.js';

export const patch = requestWithBody({
  id: 'http.patch',
  title: 'Patch',
  method: 'PATCH',
  does: 'Changes what is at an address.',
  example: { url: 'https://api.example.com/pets/7', body: { name: 'Max' } },
});
