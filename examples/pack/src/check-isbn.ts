import { defineCard, RunError } from '@flowdeck/engine';

export const checkIsbn = defineCard({
  id: 'library.checkIsbn',
  title: 'Check ISBN',
  description: 'The thirteen digits of an ISBN whose check digit is right.',
  kind: 'pure',
  inputs: [
    {
      key: 'isbn',
      type: 'text',
      required: true,
      label: 'ISBN',
      description: 'Thirteen digits; hyphens may stand in it.',
    },
    {
      key: 'form',
      type: 'text',
      required: true,
      default: 'plain',
      choices: ['plain', 'prefixed'],
      label: 'form',
      description: 'The digits alone, or after "ISBN ".',
    },
  ],
  outputs: [{ key: 'isbn', type: 'text', label: 'ISBN', description: 'In the form that was asked for.' }],
  errors: { 'library-isbn': 'The text is no ISBN of thirteen digits, or its check digit is wrong.' },
  examples: [
    { in: { isbn: '978-3-16-148410-0' }, out: { isbn: '9783161484100' } },
    { in: { isbn: '9783161484100', form: 'prefixed' }, out: { isbn: 'ISBN 9783161484100' } },
    { title: 'A wrong check digit', in: { isbn: '978-3-16-148410-1' }, error: 'library-isbn' },
    { title: 'No digits', in: { isbn: 'The Trial' }, error: 'library-isbn' },
  ],
  run: (text, form) => {
    const digits = text.replaceAll('-', '');
    if (!/^\d{13}$/.test(digits) || checkSum(digits) % 10 !== 0) {
      throw new RunError<'library-isbn'>('library-isbn', 'The text is no ISBN.', {
        hint: 'Such as 978-3-16-148410-0.',
      });
    }
    return { isbn: form === 'prefixed' ? `ISBN ${digits}` : digits };
  },
});

/** ISO 2108: digits are weighted 1 and 3 in turn; the sum of a right one is a multiple of ten. */
function checkSum(digits: string): number {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
}
