import type { Clock } from '../../../lib/ports/clock';
import type { Body, ChangeContext, IncomingDocument } from '../../../lib/ports/documents';
import type { IncomingRow } from '../../../lib/ports/series';

/** A clock that stands still; nothing in a store waits. */
export const CLOCK: Clock = {
  now: () => Date.parse('2026-03-01T08:00:00Z'),
  delay: () => Promise.reject(new Error('A store does not wait.')),
};

/** How a write came about: a poll of fresh data, unless told otherwise. */
export function context(more: Partial<ChangeContext> = {}): ChangeContext {
  return { via: 'poll', historic: false, at: 1000, ...more };
}

/** A daily with an id of the API. */
export function daily(id: string, day: string, body: Body = {}): IncomingDocument {
  return { id, provisional: false, day, start: null, end: null, body: { id, day, ...body } };
}

/** A daily for which the API gave no id. */
export function namelessDaily(day: string, body: Body = {}): IncomingDocument {
  return { id: `day:${day}`, provisional: true, day, start: null, end: null, body: { day, ...body } };
}

/** A period with an id of the API. */
export function period(id: string, start: string, body: Body = {}): IncomingDocument {
  return { id, provisional: false, day: start.slice(0, 10), start, end: null, body: { id, start, ...body } };
}

/** A period for which the API gave no id; `ordinal` counts equal starts from 1. */
export function namelessPeriod(start: string, ordinal: number, body: Body = {}): IncomingDocument {
  const id = ordinal === 1 ? `start:${start}` : `start:${start}#${ordinal}`;
  return { id, provisional: true, day: start.slice(0, 10), start, end: null, body: { start, ...body } };
}

/** A heart-rate row as the API sends it. */
export function beat(timestamp: string, bpm: number, source = 'awake'): IncomingRow {
  return { time: Date.parse(timestamp), body: { bpm, source, timestamp } };
}
