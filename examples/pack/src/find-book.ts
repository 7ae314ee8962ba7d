import { defineCard, RunError } from '@flowdeck/engine';

export const findBook = defineCard({
  id: 'library.findBook',
  title: 'Find Book',
  description: 'The title of a book, from the catalogue at an address.',
  kind: 'effect',
  inputs: [
    { key: 'catalogue', type: 'text', required: true, label: 'catalogue', description: 'Address of the service.' },
    { key: 'isbn', type: 'text', required: true, label: 'ISBN', description: 'Thirteen digits.' },
  ],
  outputs: [{ key: 'title', type: 'text', label: 'title', description: 'Null when the catalogue does not have it.' }],
  timeoutMs: 10_000,
  errors: { 'library-catalogue': 'The catalogue answered with an error.' },
  examples: [{ in: { catalogue: 'https://catalogue.example.com', isbn: '9783161484100' } }],
  run: async (catalogue, isbn, ctx) => {
    const { status, body } = await ctx.http.request({
      method: 'GET',
      url: `${catalogue}/books/${encodeURIComponent(isbn)}`,
      headers: { accept: 'application/json' },
      signal: ctx.signal,
    });
    if (status === 404) return { title: null };
    if (status !== 200) {
      throw new RunError<'library-catalogue'>('library-catalogue', `The catalogue answered with ${status}.`);
    }
    const { title } = JSON.parse(new TextDecoder().decode(body)) as { title?: unknown }; // checked in the next line
    return { title: typeof title === 'string' ? title : null };
  },
});
