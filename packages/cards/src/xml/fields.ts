/** What the XML cards share: the keys under which attributes and text stand, as xml2js chose them. */

export const ATTRIBUTES = '$';
export const TEXT_KEY = '_';

export const BAD_XML = {
  'xml-parse': 'The text is not well-formed XML, and an empty text is not.',
  'xml-refused': 'The text declares a document type with entities or other declarations, which are never read.',
  'xml-limit': 'The document has more than 1,000,000 elements, or more than 400 within one another.',
  'xml-key':
    'The keys for attributes and for text are equal, or an element is named like one that is in use beside it.',
} as const;
