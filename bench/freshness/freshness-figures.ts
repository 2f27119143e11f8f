import { LIMITS } from '../../lib/catalogue/limits';
import type { Figure } from '../results';
import type { Curves } from './curve';
import type { ResultRow } from './freshness-results';

const AIM = { polling: 100, webhooks: 40, pollingP50: 5, eventSeconds: 10, ratio: 1.3, silent: 30, outageExtra: 60 };
const SECONDS = 60;

type FigureParts = readonly [key: string, what: string, value: number, unit: string, aim: number | null];

/** What was aimed at beside what was measured; of several persons the worst, unless it says otherwise. */
export function freshnessFigures(rows: readonly ResultRow[]): readonly Figure[] {
  return [...pollingFigures(rows), ...webhookFigures(rows), ...faultFigures(rows)]
    .filter(([, , value]) => Number.isFinite(value)) // nobody has run what it is about
    .map(([key, what, value, unit, aim]) => ({ key, what, value: rounded(value), unit, aim }));
}

function pollingFigures(rows: readonly ResultRow[]): readonly FigureParts[] {
  const own = calm(rows, 'polling');
  const rival = calm(rows, 'every-5');
  const ratio = (of: keyof Curves, by: 'p50' | 'mean'): number =>
    worst(own.flatMap(({ requests, oracle }) => (oracle[of][by] === null ? [] : [requests.mean / oracle[of][by]])));
  return [
    ['pollingRequests', 'Polling: requests a day, mean of the persons', mean(own.map(({ requests }) => requests.mean)), '', AIM.polling],
    [
      'pollingRequestsMost',
      'Polling: requests a day, the person with most',
      worst(own.map(({ requests }) => requests.mean)),
      '',
      AIM.polling,
    ],
    ['pollingDayMost', 'Polling: requests of the worst day', worst(own.map(({ requests }) => requests.max)), '', LIMITS.dailyBudget],
    ['pollingP50', 'Polling: delay by day, median, mean of the persons', mean(own.map(({ waking }) => waking.p50)), 'min', AIM.pollingP50],
    [
      'pollingP50Worst',
      'Polling: delay by day, median, the person with most',
      worst(own.map(({ waking }) => waking.p50)),
      'min',
      AIM.pollingP50,
    ],
    ['pollingP95', 'Polling: delay by day, 95 of 100', worst(own.map(({ waking }) => waking.p95)), 'min', null],
    ['pollingRatio', 'Polling: requests beside the oracle at the same median delay', ratio('law', 'p50'), 'times', AIM.ratio],
    ['pollingRatioMean', 'Polling: requests beside the oracle at the same mean delay', ratio('law', 'mean'), 'times', AIM.ratio],
    ['pollingRatioDay', 'Polling: beside an oracle that also knows the day, same median delay', ratio('day', 'p50'), 'times', null],
    ['pollingRatioDayMean', 'Polling: beside an oracle that also knows the day, same mean delay', ratio('day', 'mean'), 'times', null],
    ['pollingLearning', 'Polling: requests a day while it learns', worst(own.map(({ learning }) => learning.requests.mean)), '', null],
    [
      'pollingLearningP50',
      'Polling: delay by day while it learns, median',
      worst(own.map(({ learning }) => learning.waking.p50)),
      'min',
      null,
    ],
    ['rivalRequests', 'Every family every five minutes: requests a day', worst(rival.map(({ requests }) => requests.mean)), '', null],
    ['rivalP50', 'Every family every five minutes: delay by day, median', mean(rival.map(({ waking }) => waking.p50)), 'min', null],
  ];
}

function webhookFigures(rows: readonly ResultRow[]): readonly FigureParts[] {
  const own = calm(rows, 'webhooks');
  return [
    ['webhookRequests', 'Webhooks: requests a day, mean of the persons', mean(own.map(({ requests }) => requests.mean)), '', AIM.webhooks],
    [
      'webhookRequestsMost',
      'Webhooks: requests a day, the person with most',
      worst(own.map(({ requests }) => requests.mean)),
      '',
      AIM.webhooks,
    ],
    ['webhookDayMost', 'Webhooks: requests of the worst day', worst(own.map(({ requests }) => requests.max)), '', LIMITS.dailyBudget],
    [
      'webhookEventP50',
      'Webhooks: delay after the event, median',
      SECONDS * worst(own.map(({ afterEvent }) => afterEvent.p50)),
      's',
      AIM.eventSeconds,
    ],
    [
      'webhookEventP95',
      'Webhooks: delay after the event, 95 of 100',
      SECONDS * worst(own.map(({ afterEvent }) => afterEvent.p95)),
      's',
      null,
    ],
    ['webhookP50', 'Webhooks: delay by day, median', SECONDS * worst(own.map(({ waking }) => waking.p50)), 's', null],
  ];
}

function faultFigures(rows: readonly ResultRow[]): readonly FigureParts[] {
  const ours = rows.filter(({ strategy }) => strategy === 'polling' || strategy === 'webhooks');
  const outages = ours.flatMap(({ outage }) => outage ?? []);
  const silences = ours.flatMap(({ silence }) => silence ?? []);
  return [
    ['outageRecovered', 'After six hours without Oura: all is there after', worst(outages.map(({ recovered }) => recovered)), 'min', null],
    [
      'outageExtra',
      'After six hours without Oura: more requests than usual in a day',
      worst(outages.map(({ extra }) => extra)),
      '',
      AIM.outageExtra,
    ],
    ['outageDuring', 'In six hours without Oura: requests', worst(outages.map(({ during }) => during)), '', null],
    ['silenceUnnoticed', 'Webhooks silent: times that nobody noticed', worst(silences.map(({ unnoticed }) => unnoticed)), '', 0],
    ['silenceNoticed', 'Webhooks silent: noticed after, median', worst(silences.map(({ noticed }) => noticed.p50)), 'min', null],
    ['silenceNoticedMost', 'Webhooks silent: noticed after, at most', worst(silences.map(({ noticed }) => noticed.max)), 'min', null],
    ['silenceMax', 'Webhooks silent: longest delay by day', worst(silences.map(({ waking }) => waking.max)), 'min', AIM.silent],
    ['silenceAfter', 'Webhooks silent: longest once noticed', worst(silences.map(({ afterNotice }) => afterNotice.max)), 'min', AIM.silent],
    ['silenceP50', 'Webhooks silent: delay by day, median', worst(silences.map(({ waking }) => waking.p50)), 'min', null],
    ['never', 'Never seen, all persons and ways', ours.length === 0 ? NaN : ours.reduce((sum, row) => sum + row.never, 0), '', 0],
  ];
}

/** Persons whose days nothing was made to go wrong in. */
function calm(rows: readonly ResultRow[], strategy: ResultRow['strategy']): readonly ResultRow[] {
  return rows.filter((row) => row.strategy === strategy && row.outage === null && row.silence === null);
}

function worst(values: readonly number[]): number {
  return Math.max(...values);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}
