import { activeness } from './activeness';
import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';

/** Classes of class_5_min. */
export const CLASS = { nonWear: 0, rest: 1, inactive: 2, low: 3, medium: 4, high: 5 } as const;

/** Class of five minutes and the kind of movement, which decides the steps. */
export interface ActivityBlock {
  readonly class: number;
  /** Name of the sport, null = everyday life. */
  readonly sport: string | null;
}

/** Blocks of five minutes from 04:00 local to `until`; a later `until` only adds blocks. */
export function activityBlocks(model: PersonModel, day: number, until: number): readonly ActivityBlock[] {
  const random = model.chance.stream(TOPICS.activity, day);
  const start = model.activityStart(day);
  const { wake } = model.timing(day);
  const bed = model.timing(day + 1).bed;
  const wornAfter = model.worn(day + 1);
  const events = model.events(day);
  const active = activeness(model, day);
  const blocks: ActivityBlock[] = [];
  let walking = false;
  for (let at = start; at + MS.fiveMinutes <= until; at += MS.fiveMinutes) {
    const middle = at + MS.fiveMinutes / 2;
    const draw = random();
    const event = events.find((one) => middle >= one.start && middle < one.end);
    if (middle < wake) blocks.push({ class: CLASS.rest, sport: null });
    else if (middle >= bed) blocks.push({ class: wornAfter ? CLASS.rest : CLASS.nonWear, sport: null });
    else if (event !== undefined) blocks.push(eventBlock(event, draw));
    else {
      const block = everyday(draw, walking, active * (bed - middle < 2 * MS.hour ? 0.4 : 1));
      walking = block.class >= CLASS.medium;
      blocks.push(block);
    }
  }
  return blocks;
}

function everyday(draw: number, walking: boolean, active: number): ActivityBlock {
  const medium = walking ? 0.4 : 0.026 * active;
  const low = 0.2 * active;
  if (draw < 0.002 * active) return { class: CLASS.high, sport: null };
  if (draw < medium) return { class: CLASS.medium, sport: null };
  if (draw < medium + low) return { class: CLASS.low, sport: null };
  return { class: draw > 0.97 ? CLASS.rest : CLASS.inactive, sport: null };
}

function eventBlock(event: DayEvent, draw: number): ActivityBlock {
  if (event.kind === 'charging') return { class: CLASS.nonWear, sport: null };
  if (event.kind !== 'workout') return { class: event.kind === 'live' ? CLASS.inactive : CLASS.rest, sport: null };
  const hard = event.effort === 3 ? 0.8 : event.effort === 2 ? 0.3 : 0;
  if (draw < hard) return { class: CLASS.high, sport: event.what };
  return { class: event.what === 'yoga' ? CLASS.low : CLASS.medium, sport: event.what };
}
