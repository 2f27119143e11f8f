import type { Request } from 'express';
import { LIMITS } from '../../lib/catalogue/limits';

/**
 * The body of a post as it came, read no further than a byte beyond LIMITS.webhookMaxBytes: what follows is let pass, and cut off when it
 * does not end. Where other middleware has read it already, what that made of it is written anew. Never rejects.
 * @returns null when the caller goes before the end
 */
export function readBody(request: Request): Promise<Buffer | null> {
  if (request.readableDidRead || request.readableEnded) return Promise.resolve(rewritten(request.body));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      const isAnswered = size > LIMITS.webhookMaxBytes;
      size += chunk.length;
      if (!isAnswered) chunks.push(chunk);
      if (size > LIMITS.webhookMaxBytes) resolve(Buffer.concat(chunks.splice(0)));
      if (size > LIMITS.webhookMaxBytes + LIMITS.webhookDiscardMaxBytes) request.destroy();
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    const leave = (): void => {
      resolve(null);
    };
    request.on('error', leave);
    request.on('close', leave);
  });
}

function rewritten(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
}
