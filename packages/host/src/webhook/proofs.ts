/** Holds a delivery against the proofs that a connector declares, in a time that tells nothing of how near it came. */
import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { DeliveryProofFunction } from '@flowdeck/engine';
import type { DeliveryProof, DeliveryTime } from '@flowdeck/engine/kit';
import { jwtVerify } from 'jose';
import { reasonOf } from '../log/errors.js';
import { bytesOf, type PartSource, textOf, textsOf } from './parts.js';

/** What came of looking at a proof. `unknown`: what it takes cannot be had now, so that the sender may come again. */
export type ProofVerdict =
  | { readonly kind: 'proven' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What proofs need of the host. */
export interface ProofWorld {
  readonly now: number;
  /** The one that a pack brings under this name. */
  readonly proof: (name: string) => DeliveryProofFunction | undefined;
  /** Checks a token against the keys of a URL. */
  readonly checkToken: (token: string, proof: DeliveryProof, audience: string | null) => Promise<ProofVerdict>;
}

const PROVEN: ProofVerdict = { kind: 'proven' };

/** One of the proofs has to hold. Without any, knowing the URL is the proof. */
export async function prove(
  proofs: readonly DeliveryProof[] | undefined,
  source: PartSource,
  world: ProofWorld,
): Promise<ProofVerdict> {
  if (proofs === undefined) return PROVEN;
  let worst: ProofVerdict = unprovenBy('The delivery is not proven.');
  for (const proof of proofs) {
    const verdict = proof.scheme === 'jwt' ? await proveToken(proof, source, world) : proveNow(proof, source, world);
    if (verdict.kind === 'proven') return verdict;
    if (verdict.kind === 'unknown' || worst.kind !== 'unknown') worst = verdict;
  }
  return worst;
}

/** The same of the schemes that need nobody else. */
export function proveNow(proof: DeliveryProof, source: PartSource, world: ProofWorld): ProofVerdict {
  const isProven = SCHEMES[proof.scheme](proof, source, world);
  if (!isProven) return unprovenBy('The delivery is not proven.');
  return proof.time === undefined || isTimely(proof.time, source, world.now)
    ? PROVEN
    : unprovenBy('The delivery was signed too long ago, or in a time to come.');
}

type Scheme = (proof: DeliveryProof, source: PartSource, world: ProofWorld) => boolean;

const SCHEMES: Readonly<Record<DeliveryProof['scheme'], Scheme>> = {
  equal: ({ given }, source) => {
    const texts = given === undefined ? [] : textsOf(given, source);
    return anyOf(source.secrets, (secret) => anyOf(texts, (text) => isSameText(Buffer.from(text), secret)));
  },
  hmac: ({ given, hash = 'sha256', encoding = 'hex', signed = [] }, source) => {
    const texts = given === undefined ? [] : textsOf(given, source);
    const bytes = bytesOf(signed, source);
    if (bytes === null) return false;
    return anyOf(source.secrets, (secret) => {
      const mac = createHmac(hash, secret).update(bytes).digest();
      return anyOf(texts, (text) => isSameMac(bytesIn(text, encoding), mac));
    });
  },
  signature: ({ given, hash = 'sha256', encoding = 'hex', signed = [], algorithm, key: part }, source) => {
    const texts = given === undefined ? [] : textsOf(given, source);
    const bytes = bytesOf(signed, source);
    if (bytes === null || algorithm === undefined) return false;
    const written =
      part === undefined ? source.secrets.map((secret) => Buffer.from(secret).toString()) : textsOf(part, source);
    return anyOf(written, (text) => {
      const key = publicKeyOf(text, algorithm);
      if (key === null) return false;
      const digest = algorithm === 'ed25519' ? null : hash;
      return anyOf(texts, (signature) => verify(digest, bytes, key, bytesIn(signature, encoding)));
    });
  },
  jwt: () => false,
  code: ({ name = '' }, { delivery, secrets }, { proof }) => {
    const { method, url, headers, body } = delivery;
    return proof(name)?.({ method, url: url.href, headers: Object.fromEntries(headers), body, secrets }) === true;
  },
};

async function proveToken(proof: DeliveryProof, source: PartSource, world: ProofWorld): Promise<ProofVerdict> {
  const token = proof.given === undefined ? null : textOf(proof.given, source);
  const audience = proof.audience === undefined ? null : textOf(proof.audience, source);
  if (token === null || (audience === null && proof.audience !== undefined)) return unprovenBy('There is no token.');
  if (proof.jwksUri !== undefined) return world.checkToken(token, proof, audience);
  let reason = 'There is no secret.';
  for (const secret of source.secrets) {
    try {
      await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        currentDate: new Date(world.now),
        ...(proof.issuer === undefined ? {} : { issuer: proof.issuer }),
        ...(audience === null ? {} : { audience }),
      });
      return PROVEN;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return unprovenBy(reason);
}

function isTimely({ of, unit = 's', toleranceSeconds = 300 }: DeliveryTime, source: PartSource, now: number): boolean {
  const text = textOf(of, source) ?? '';
  const at = unit === 'iso' ? Date.parse(text) : Number(text === '' ? Number.NaN : text) * (unit === 's' ? 1000 : 1);
  return Math.abs(now - at) <= toleranceSeconds * 1000;
}

/** Of all, so that the time does not tell which one holds. */
function anyOf<T>(all: readonly T[], isSo: (each: T) => boolean): boolean {
  return all.reduce((found, each) => isSo(each) || found, false);
}

function isSameText(a: Uint8Array, b: Uint8Array): boolean {
  const [left, right] = [a, b].map((bytes) => createHash('sha256').update(bytes).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right) && b.length > 0;
}

/** Node reads up to the first character that does not belong, and takes what comes before for all of it. */
const WRITTEN = { hex: /^(?:[0-9a-f]{2})*$/i, base64: /^[\w+/-]*={0,2}$/ } as const;

/** Empty for a text that is not written so: it proves nothing. */
function bytesIn(text: string, encoding: keyof typeof WRITTEN): Uint8Array {
  return Buffer.from(WRITTEN[encoding].test(text) ? text : '', encoding);
}

/** How long a MAC is, everybody knows. */
function isSameMac(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The first bytes of the SPKI form of an ed25519 key (RFC 8410, section 4). */
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** PEM, base64 of SPKI, or of the bare bytes of an ed25519 key. Null for what is none. */
function publicKeyOf(text: string, algorithm: NonNullable<DeliveryProof['algorithm']>): KeyObject | null {
  try {
    if (text.includes('-----BEGIN')) return createPublicKey(text);
    const bytes = Buffer.from(text, 'base64');
    const isBare = algorithm === 'ed25519' && bytes.length === 32;
    return createPublicKey({ key: isBare ? Buffer.concat([ED25519_HEAD, bytes]) : bytes, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function unprovenBy(reason: string): ProofVerdict {
  return { kind: 'refused', reason };
}
