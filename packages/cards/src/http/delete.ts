/** Delete: an HTTP DELETE request, JSON in and JSON out. */
import { requestWithBody } from './with-body.js';

export const remove = requestWithBody({
  id: 'http.delete',
  title: 'Delete',
  method: 'DELETE',
  does: 'Removes what is at an address.',
  example: { url: 'https://api.example.com/pets/7' },
});
