import type { Body, Moment } from '../metric';
import { openRestMode } from './open-rest-mode';

/** Whether a rest mode period is in progress. */
export function restModeOn(bodies: readonly Body[], moment: Moment): boolean {
  return openRestMode(bodies, moment) !== null;
}
