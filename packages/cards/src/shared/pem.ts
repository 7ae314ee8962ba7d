/** Keys in PEM (RFC 7468), in whatever of their forms, as the two forms that WebCrypto reads: PKCS #8 and SPKI. */
import { fromBase64, fromHex, hex } from './bytes.js';
import { element, elementsOf, FIRST_TAG, sequenceOf, TAG } from './der.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** What kind of key it is, by the object identifier in it. */
export type KeyKind = 'rsa' | 'rsa-pss' | 'P-256' | 'P-384' | 'P-521';

export interface PemKey {
  readonly kind: KeyKind;
  /** `pkcs8` is a private key, `spki` a public one. */
  readonly format: 'pkcs8' | 'spki';
  readonly der: Bytes;
}

/** The blocks of a file; others stand beside a key at times, such as EC PARAMETERS. */
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----((?:[^-]|-(?!----))*)-----END \1-----/g;
/** RFC 7468, section 2: white space of any kind; a key that came through a form may have lost its line breaks, or escaped them. */
const PEM_BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Object identifiers of RFC 8017 (appendix A.1, A.2.3) and RFC 5480 (2.1.1), as DER content in hexadecimal. */
const RSA = '2a864886f70d010101';
const RSA_PSS = '2a864886f70d01010a';
const ELLIPTIC = '2a8648ce3d0201';
const CURVE_IDS: ReadonlyMap<string, KeyKind> = new Map([
  ['2a8648ce3d030107', 'P-256'],
  ['2b81040022', 'P-384'],
  ['2b81040023', 'P-521'],
]);

const RSA_ALGORITHM = element(TAG.sequence, identifier(RSA), element(0x05));
const VERSION_0 = element(TAG.integer, Uint8Array.of(0));

/** How each kind of block becomes one of the two forms. */
const READERS: ReadonlyMap<string, (der: Bytes) => PemKey> = new Map([
  ['PRIVATE KEY', (der) => described('pkcs8', der, sequenceOf(der)[1]?.whole)],
  ['PUBLIC KEY', (der) => described('spki', der, sequenceOf(der)[0]?.whole)],
  ['RSA PRIVATE KEY', (der) => privateKey('rsa', RSA_ALGORITHM, der)],
  ['RSA PUBLIC KEY', (der) => publicKey('rsa', RSA_ALGORITHM, element(TAG.bits, Uint8Array.of(0), der))],
  ['EC PRIVATE KEY', ellipticPrivateKey],
  ['CERTIFICATE', (der) => keyOfCertificate(der)],
]);

/**
 * Reads the first key or certificate of a text.
 *
 * @throws RangeError when there is none that can be read. Its message names the fault, and never the key.
 */
export function readPem(text: string): PemKey {
  const labels: string[] = [];
  for (const [, label = '', body = ''] of text.replaceAll('\\r', '').replaceAll('\\n', '\n').matchAll(PEM_BLOCK)) {
    const read = READERS.get(label);
    if (read === undefined) {
      labels.push(label);
      continue;
    }
    if (body.includes('ENCRYPTED')) throw new RangeError('it is encrypted; decrypt it first');
    if (!PEM_BASE64.test(body)) throw new RangeError('what stands between BEGIN and END is not base64');
    return read(fromBase64(body));
  }
  const [label] = labels;
  if (label !== undefined) throw new RangeError(`a key of the form "${label}" is not read here`);
  throw new RangeError('the lines -----BEGIN ...----- and -----END ...----- of a key are not both there');
}

/** Names the kind. The identifier of RSASSA-PSS gives way to that of RSA, the only one that WebCrypto reads. */
function described(format: PemKey['format'], der: Bytes, algorithm: Bytes | undefined): PemKey {
  const [algorithmName, parameters] = sequenceOf(algorithm ?? new Uint8Array());
  const name = hex(algorithmName?.content ?? new Uint8Array());
  if (name === RSA) return { kind: 'rsa', format, der };
  if (name === RSA_PSS) {
    const parts = sequenceOf(der);
    return format === 'spki'
      ? publicKey('rsa-pss', RSA_ALGORITHM, parts[1]?.whole)
      : privateKey('rsa-pss', RSA_ALGORITHM, parts[2]?.content);
  }
  const curve = name === ELLIPTIC ? CURVE_IDS.get(hex(parameters?.content ?? new Uint8Array())) : undefined;
  if (curve === undefined) throw new RangeError('the key is neither RSA nor on one of the curves P-256, P-384, P-521');
  return { kind: curve, format, der };
}

/** RFC 5208. */
function privateKey(kind: KeyKind, algorithm: Bytes, key: Bytes = new Uint8Array()): PemKey {
  return { kind, format: 'pkcs8', der: element(TAG.sequence, VERSION_0, algorithm, element(TAG.octets, key)) };
}

/** RFC 5280, section 4.1.2.7. */
function publicKey(kind: KeyKind, algorithm: Bytes, bits: Bytes = new Uint8Array()): PemKey {
  return { kind, format: 'spki', der: element(TAG.sequence, algorithm, bits) };
}

/** RFC 5915: version, key, [0] curve, [1] public key. */
function ellipticPrivateKey(der: Bytes): PemKey {
  const curve = sequenceOf(der).find(({ tag }) => tag === FIRST_TAG)?.content ?? new Uint8Array();
  const algorithm = element(TAG.sequence, identifier(ELLIPTIC), curve);
  return described('pkcs8', privateKey('P-256', algorithm, der).der, algorithm);
}

/** RFC 5280, section 4.1: the key stands after version, number, signature, issuer, validity and subject. */
function keyOfCertificate(der: Bytes): PemKey {
  const [content] = sequenceOf(der);
  const fields = elementsOf(content?.content ?? new Uint8Array()).filter(({ tag }) => tag !== FIRST_TAG);
  const key = fields[5]?.whole ?? new Uint8Array();
  return described('spki', key, sequenceOf(key)[0]?.whole);
}

function identifier(content: string): Bytes {
  return element(TAG.oid, fromHex(content) ?? new Uint8Array());
}
