import type { Random } from '../../ports/random';

/** `length` hexadecimal digits, lower case. */
export function randomHex(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('');
}
