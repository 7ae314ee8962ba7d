/** Post: an HTTP POST request, JSON in and JSON out. */
import { requestWithBody } from './with-body.js';

export const post = requestWithBody({
  id: 'http.post',
  title: 'Post',
  method: 'POST',
  does: 'Sends a body to an address.',
  example: { url: 'https://api.example.com/pets', body: { name: 'Rex' } },
});
