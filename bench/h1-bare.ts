/** What every receiver of signed deliveries has to do, and nothing else. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { createServer } from 'node:http';
import { mac } from './h1-sender.js';

/** Checks the signature and the id, and writes all that waits in one go, flushed to the disk. */
export function bareServer(file: FileHandle) {
  const known = new Set<string>();
  let waiting: { readonly line: string; readonly done: () => void }[] = [];
  let isWriting = false;
  const flush = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await file.appendFile(group.map(({ line }) => line).join(''));
      await file.datasync();
      for (const { done } of group) done();
    }
    isWriting = false;
  };
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const [given, own] = [String(request.headers['x-signature']), mac(body)].map((text) =>
        createHash('sha256').update(text).digest(),
      );
      const id = String(request.headers['x-id']);
      if (given === undefined || own === undefined || !timingSafeEqual(given, own))
        return response.writeHead(401).end();
      if (known.has(id)) return response.end();
      known.add(id);
      const line = `${JSON.stringify({ id, headers: request.headers, text: body.toString() })}\n`;
      waiting.push({ line, done: () => response.end() });
      if (!isWriting) void flush();
    });
  });
}
