import type { SimulatedDocument } from '../types';
import { batteryLevel } from './battery-level';
import { civil } from './civil';
import type { Asked } from './day-documents';
import type { DayEvent } from './day-events';
import { documentId } from './document-id';
import { napRecord } from './nap-record';
import { nightView } from './night-view';
import { readinessOf } from './readiness';
import { sleepBody, type SleepContext } from './sleep-body';
import { sleepFigures } from './sleep-figures';
import { TOPICS } from './topics';
import { MS } from './units';
import type { Visibility } from './visibility';

const LOW_BATTERY = 12;
const NAP_DELETED = 0.12;

/** A sleep by day and the day it was slept on. */
interface Nap {
  readonly on: number;
  readonly event: DayEvent;
}

/** Every sleep that counts for `day`: what ended after 18:00 the day before, the night, naps and rejected rest. */
export function sleepDocuments(view: Visibility, day: number, asked: Asked): readonly SimulatedDocument[] {
  if (!view.model.worn(day) || outside(view, day, asked)) return [];
  const naps = napsOf(view, day);
  const night = view.model.timing(day).bed;
  const documents = [
    nightDocument(view, day, asked.now, naps.filter(({ event }) => event.start < night).length),
    ...naps.map((nap) => napDocument(view, day, nap, asked.now, naps.filter(({ event }) => event.start < nap.event.start).length)),
  ];
  return documents
    .filter((document) => document !== null)
    .filter(({ anchorMs }) => anchorMs >= asked.from && anchorMs <= asked.to)
    .toSorted((a, b) => a.anchorMs - b.anchorMs);
}

/** Whether no sleep of the day can begin in the window: the first is a late nap up to ten hours before the night. */
function outside({ model }: Visibility, day: number, asked: Asked): boolean {
  return model.timing(day).bed - 10 * MS.hour > asked.to || model.timing(day + 1).bed < asked.from;
}

function napsOf({ model }: Visibility, day: number): readonly Nap[] {
  const late = model.worn(day - 1) ? model.events(day - 1).filter(({ kind }) => kind === 'late_nap') : [];
  const today = model.events(day).filter(({ kind }) => kind === 'nap' || kind === 'rest');
  return [...late.map((event) => ({ on: day - 1, event })), ...today.map((event) => ({ on: day, event }))];
}

function nightDocument(view: Visibility, day: number, now: number, period: number): SimulatedDocument | null {
  const { model } = view;
  const night = nightView(view, day, now);
  if (night === null) return null;
  const { recording, figures, type } = night;
  const context: SleepContext = {
    id: documentId(model.chance, 'sleep', day),
    day: civil.text(day),
    type,
    period,
    breath: model.body(day).breath,
    lowBattery: batteryLevel(model, day, recording.start) < LOW_BATTERY,
    readiness: type === 'long_sleep' ? readinessOf(model, day, figures) : null,
    delta: type === 'long_sleep' ? 0 : null,
    reason: night.edited ? 'bedtime_edit' : 'foreground_sleep_analysis',
  };
  return { body: sleepBody(recording, figures, model.offsets(day), context), anchorMs: recording.start, visibleAt: night.visibleAt };
}

function napDocument(view: Visibility, day: number, { on, event }: Nap, now: number, before: number): SimulatedDocument | null {
  const { model } = view;
  const first = view.afterApp(on, event.end, now);
  if (first > now) return null;
  const { chance } = model;
  const n = event.kind === 'nap' ? 1 : event.kind === 'late_nap' ? 2 : 3;
  const change = first + Math.round(chance.between(1, 20, TOPICS.napFate, on, n) * 3600) * MS.second;
  const deleted = event.kind !== 'rest' && chance.unit(TOPICS.napFate, on, n + 10) < NAP_DELETED && change <= now;
  const night = model.timing(day).bed < event.start ? 1 : 0;
  const recording = napRecord(model, on, event);
  const context: SleepContext = {
    id: documentId(chance, 'sleep', on, n),
    day: civil.text(day),
    type: deleted ? 'deleted' : typeOf(event, chance.unit(TOPICS.napFate, on, n + 20)),
    period: before + night,
    breath: model.body(on).breath + 1,
    lowBattery: false,
    readiness: null,
    delta:
      event.kind === 'rest' || chance.unit(TOPICS.napFate, on, n + 30) < 0.5
        ? null
        : 1 + Math.floor(5 * chance.unit(TOPICS.napFate, on, n + 40)),
    reason: 'foreground_sleep_analysis',
  };
  const body = sleepBody(recording, sleepFigures(recording), model.offsets(on), context);
  return { body, anchorMs: event.start, visibleAt: deleted ? change : first };
}

/** Sleeps that ended after 18:00 were recorded under both names (live answers of 2024), so both occur. */
function typeOf(event: DayEvent, draw: number): string {
  if (event.kind === 'rest') return 'rest';
  return event.kind === 'late_nap' && draw < 0.5 ? 'late_nap' : 'sleep';
}
