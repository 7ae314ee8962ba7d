import { definePack } from '@flowdeck/engine';
import { checkIsbn } from './check-isbn.js';
import { findBook } from './find-book.js';

export const library = definePack({
  name: 'flowdeck-library',
  namespace: 'library',
  version: '1.0.0',
  cards: [checkIsbn, findBook],
});

export default library;
