/** Unique ID: a random UUID. */
import { defineCard } from '@flowdeck/engine';
import { hex } from '../shared/bytes.js';

export const uniqueId = defineCard({
  id: 'text.uniqueId',
  title: 'Unique ID',
  description: 'A random UUID (RFC 9562, version 4) in small letters.',
  kind: 'effect',
  inputs: [],
  outputs: [{ key: 'output', type: 'text', label: 'unique ID', description: 'Five groups with hyphens between them.' }],
  traits: { urlSafe: true },
  examples: [{ in: {}, out: { output: 'e83bbc57-1991-417f-8203-3affb47636cf' } }],
  addresses: [{ address: 'root:kernel:string:0.0.1:uuid' }],
  run: (ctx) => ({ output: uuidOf(ctx.random.bytes(16)) }),
});

/** Sets the version and the variant; all other bits stay random. */
function uuidOf(random: Uint8Array): string {
  const bytes = Uint8Array.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
