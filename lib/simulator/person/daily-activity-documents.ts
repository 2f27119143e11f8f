import type { Body } from '../../ports/documents';
import { activeness } from './activeness';
import { activityBlocks, CLASS } from './activity-blocks';
import { activityFigures, type ActivityFigures } from './activity-figures';
import { at } from './at';
import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { score } from './score';
import { TOPICS } from './topics';
import { trainingLoad } from './training-load';
import { MS } from './units';

const SCORED_FROM_HOURS = 14;
const TARGET_CALORIES = 450;
const TARGET_METRES = 8500;

/** daily_activity: from 04:00 to the next 04:00 local; a day under way reaches to the newest sync and has no score before 18:00. */
export const dailyActivityDocuments = daily(
  (model, day) => model.activityStart(day),
  (view, day, now) => {
    const { model } = view;
    const start = model.activityStart(day);
    const known = view.growing(day, start, model.activityStart(day + 1), now);
    if (known === null) return null;
    const blocks = activityBlocks(model, day, known.cut);
    if (blocks.length === 0) return null;
    const figures = activityFigures(blocks, model.profile, model.chance.stream(TOPICS.activity, day, 1));
    const scored = known.complete || known.cut - start >= SCORED_FROM_HOURS * MS.hour;
    return { body: bodyOf(model, day, start, figures, scored), visibleAt: known.visibleAt };
  },
);

function bodyOf(model: PersonModel, day: number, start: number, figures: ActivityFigures, scored: boolean): Body {
  const offset = model.offsets(day).at(start);
  const contributors = contributorsOf(model, day, figures);
  const total = Object.values(contributors).reduce((sum, value) => sum + value, 0) / Object.keys(contributors).length;
  return {
    id: documentId(model.chance, 'daily_activity', day),
    class_5_min: figures.classes,
    score: scored ? score(total) : null,
    active_calories: figures.activeCalories,
    average_met_minutes: roundTo(figures.met.reduce((sum, value) => sum + value, 0) / figures.met.length, 5),
    contributors,
    equivalent_walking_distance: figures.walkingMetres,
    high_activity_met_minutes: at(figures.metMinutes, CLASS.high),
    high_activity_time: at(figures.seconds, CLASS.high),
    inactivity_alerts: figures.alerts,
    low_activity_met_minutes: at(figures.metMinutes, CLASS.low),
    low_activity_time: at(figures.seconds, CLASS.low),
    medium_activity_met_minutes: at(figures.metMinutes, CLASS.medium),
    medium_activity_time: at(figures.seconds, CLASS.medium),
    met: { interval: 60, items: figures.met, timestamp: localText.milliseconds(start, offset) },
    meters_to_target: Math.max(0, TARGET_METRES - figures.walkingMetres),
    non_wear_time: at(figures.seconds, CLASS.nonWear),
    resting_time: at(figures.seconds, CLASS.rest),
    sedentary_met_minutes: at(figures.metMinutes, CLASS.inactive),
    sedentary_time: at(figures.seconds, CLASS.inactive),
    steps: figures.steps,
    target_calories: TARGET_CALORIES,
    target_meters: TARGET_METRES,
    total_calories: figures.totalCalories,
    day: civil.text(day),
    timestamp: localText.seconds(start, offset),
  };
}

/** Oura's formula is not public: the shapes are ours. */
function contributorsOf(model: PersonModel, day: number, figures: ActivityFigures): Readonly<Record<string, number>> {
  const week = trainingLoad.week(model, day);
  return {
    meet_daily_targets: score(40 + 30 * activeness(model, day) + 5 * week),
    move_every_hour: score(100 - 9 * figures.alerts),
    recovery_time: score(118 - 6 * Math.max(3, week)),
    stay_active: score(128 - (6 * at(figures.seconds, CLASS.inactive)) / 3600),
    training_frequency: score(35 + 17 * trainingLoad.frequency(model, day)),
    training_volume: score(40 + 12 * week),
  };
}
