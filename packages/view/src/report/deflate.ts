/** Packs text small: raw DEFLATE (RFC 1951) in Base64, by the platform. */

export async function deflated(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += BATCH) binary += String.fromCharCode(...bytes.subarray(at, at + BATCH));
  return btoa(binary);
}

/** Arguments that a call takes on every platform. */
const BATCH = 8192;
