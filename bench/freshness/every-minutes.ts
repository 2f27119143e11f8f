import { ENDPOINT_KEYS, endpointOf } from '../../lib/catalogue/endpoints';
import type { Scene } from './scene';
import type { CountedRequest, Run } from './strategy';

const MINUTE_MS = 60_000;

/** Families that a client on a fixed beat reads each time: all but the person. */
const READ = ENDPOINT_KEYS.filter((key) => endpointOf(key).kind !== 'singleton');

/** Every family on a fixed beat, reckoned instead of run: what became visible is there with the next beat. */
export function everyMinutes({ changes, start, to, outage }: Scene, minutes: number): Run {
  const beat = minutes * MINUTE_MS;
  const isOut = (at: number): boolean => outage !== null && at >= outage.from && at < outage.to;
  const next = (at: number): number => {
    let beats = Math.ceil((at - start) / beat);
    while (isOut(start + beats * beat)) beats += 1;
    return start + beats * beat;
  };
  const requests: CountedRequest[] = [];
  for (let at = start; at < to; at += beat) for (const key of READ) requests.push({ at, path: endpointOf(key).path, kind: 'recent' });
  const seenAt = changes.map(({ at }) => (next(at) <= to ? next(at) : null));
  return { seenAt, requests, noticedAt: [], unknown: 0, limited: 0 };
}
