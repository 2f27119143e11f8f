import type { EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import type { PersonStore } from '../ports/person-store';

/** Which days of a family can be judged: what is outside of them is left as it is. */
export interface FamilyDays {
  /** The first day that is loaded and kept; null = nothing is. */
  readonly from: string | null;
  /** Whether all of the history that is wanted is there, so that days can be added up. */
  readonly isComplete: boolean;
  /** The last day that was over when Oura was asked last; null = never asked. */
  readonly overThrough: string | null;
  /** Why nothing comes; null = it comes. */
  readonly reason: Reason | null;
}

/** What a person's statistics are made from. */
export interface StatisticsSource {
  /** The local copy as it is now. */
  readonly store: PersonStore;
  /** Runs a write; if the disk refuses, in memory. */
  write(work: (store: PersonStore) => void): void;
  /** Zone of the person's days. */
  readonly zone: string;
  /** The zone as the person wrote it; empty = none. */
  readonly chosenZone: string;
  /** epoch ms of the person's clock */
  now(): number;
  days(endpoint: EndpointKey): FamilyDays;
}
