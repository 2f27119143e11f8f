import type { SimulatedDocument } from '../types';
import type { PersonModel } from './person-model';
import type { Visibility } from './visibility';

/** The part of the timeline that is asked for, epoch ms, both ends included, and the moment of asking. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** Documents of one endpoint that belong to a day, as the cloud shows them at `asked.now`; what lies outside the window may be left out. */
export type DayDocuments = (view: Visibility, day: number, asked: Asked) => readonly SimulatedDocument[];

/** One document a day: built only if its anchor is asked for and the ring was worn. */
export function daily(
  anchor: (model: PersonModel, day: number) => number,
  build: (view: Visibility, day: number, now: number) => Omit<SimulatedDocument, 'anchorMs'> | null,
): DayDocuments {
  return (view, day, asked) => {
    const anchorMs = anchor(view.model, day);
    if (anchorMs < asked.from || anchorMs > asked.to || !view.model.worn(day)) return [];
    const document = build(view, day, asked.now);
    return document === null || document.visibleAt > asked.now ? [] : [{ ...document, anchorMs }];
  };
}
