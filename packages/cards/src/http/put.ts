/** Put: an HTTP PUT request, JSON in and JSON out. */
import { requestWithBody } from './with-body.js';

export const put = requestWithBody({
  id: 'http.put',
  title: 'Put',
  method: 'PUT',
  does: 'Replaces what is at an address.',
  example: { url: 'https://api.example.com/pets/7', body: { name: 'Rex' } },
});
