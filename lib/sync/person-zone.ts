import { DateTime, Info } from 'luxon';
import type { Documents, StoredDocument } from '../ports/documents';

/**
 * The zone a person's local days are counted in: the wanted one; else the offset of their newest sleep or activity,
 * as the system's zone where that has the same offset at that moment (it knows daylight saving); else the system's.
 * @returns an IANA zone, `system`, or a fixed offset such as `UTC+2`
 */
export function personZone(wanted: string, documents: Pick<Documents, 'newest'>): string {
  if (wanted !== '' && Info.normalizeZone(wanted).isValid) return wanted;
  const sleep = documents.newest('sleep');
  const activity = documents.newest('daily_activity');
  const newer = sleep === null || (activity?.day ?? '') > (sleep.day ?? '') ? activity : sleep;
  const seen = newer === null ? null : offsetOf(newer);
  if (seen === null) return 'system';
  return DateTime.fromMillis(seen.at).offset === seen.minutes ? 'system' : fixedZone(seen.minutes);
}

function offsetOf({ body }: StoredDocument): { readonly at: number; readonly minutes: number } | null {
  const text = body['bedtime_end'] ?? body['timestamp'];
  if (typeof text !== 'string') return null;
  const parsed = DateTime.fromISO(text, { setZone: true });
  return parsed.isValid ? { at: parsed.toMillis(), minutes: parsed.offset } : null;
}

function fixedZone(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = size % 60;
  return `UTC${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60))}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
