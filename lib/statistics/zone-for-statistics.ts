import { Info } from 'luxon';
import type { EndpointKey } from '../catalogue/endpoints';
import type { StatisticsLedger } from './statistics-ledger';
import type { StatisticsSource } from './statistics-source';

/** Families that tell where a person is. */
const TELLING: readonly EndpointKey[] = ['sleep', 'daily_activity'];

/**
 * The zone that the hours of a person's statistics are counted in: the one the person chose; else the one of the first import, so that a
 * journey does not move years of history by some hours; at the first import the person's zone of that moment, kept by its own name.
 * @returns null while it cannot be known: what tells it is not loaded yet
 */
export function zoneForStatistics(source: StatisticsSource, ledger: StatisticsLedger): string | null {
  const { chosenZone } = source;
  if (chosenZone !== '' && Info.normalizeZone(chosenZone).isValid) return kept(ledger, chosenZone);
  if (ledger.zone !== null) return ledger.zone;
  if (TELLING.some((endpoint) => isToCome(source, endpoint))) return null;
  return kept(ledger, source.zone === 'system' ? Intl.DateTimeFormat().resolvedOptions().timeZone : source.zone);
}

function isToCome(source: StatisticsSource, endpoint: EndpointKey): boolean {
  const { from, reason } = source.days(endpoint);
  return from === null && (reason === null || reason === 'pending');
}

function kept(ledger: StatisticsLedger, zone: string): string {
  if (ledger.zone !== zone) ledger.saveZone(zone);
  return zone;
}
