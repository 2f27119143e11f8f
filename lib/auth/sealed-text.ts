import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Length of the initialisation vector, bytes. */
export const IV_BYTES = 12;

/**
 * Encrypts and signs a text: AES-256-GCM, key by HKDF-SHA-256 from a secret of any length.
 * @param subject what the text is about; opening it needs the same
 * @param iv IV_BYTES bytes, never used before
 */
export function seal(text: string, secret: string, subject: string, iv: Uint8Array): string {
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(subject));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [VERSION, ...[iv, cipher.getAuthTag(), sealed].map((part) => Buffer.from(part).toString('base64url'))].join('.');
}

/** @returns the text; null when secret or subject are others, or anything was changed */
export function unseal(sealedText: string, secret: string, subject: string): string | null {
  const [version, ...parts] = sealedText.trim().split('.');
  const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== VERSION || iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || sealed === undefined || parts.length !== 3)
    return null;
  const decipher = createDecipheriv(CIPHER, keyOf(secret), iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(subject)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch {
    return null; // the only thing that fails here is the check of the tag
  }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'oura tokens', KEY_BYTES));
}
