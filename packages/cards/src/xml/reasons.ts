/** What is wrong with an XML text, in words of ours: the parser's own may hold what stands there, which may be secret. */

/** What saxes says, and what it means to whoever wrote the text. The first that fits counts. */
const XML_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/must contain a root element/, 'there is no element'],
  [/unclosed tag|unexpected end/, 'something is begun and not ended: an element, or an entity by an &'],
  [/clos(?:e|ing) tag/, 'another element is closed than the one that was opened last'],
  [/only one root|outside of root/, 'something stands outside of the one root element'],
  [/duplicate attribute/, 'an attribute stands twice in its element'],
  [/unquoted attribute|attribute without value|must be quoted/, 'an attribute has no value in quotes'],
  [/whitespace between attributes/, 'no blank stands between two attributes'],
  [/undefined entity/, 'an entity is none of the five of XML; other characters are written as they are, or as &#233;'],
  [/entity/, 'an & begins no entity'],
  [/"]]>"/, ']]> stands in a text'],
  [/comment/, 'a comment is broken; two hyphens may not stand in one'],
  [/XML declaration|version|encoding|standalone|expected/, 'the XML declaration is broken'],
  [
    /in (?:tag|attribute) name|malformed name|opening tag/,
    'an element or an attribute has a name that XML does not know',
  ],
  [/disallowed character/, 'a character stands there that may not'],
];

export function reasonOf(message: string): string | null {
  return XML_FAULTS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}
