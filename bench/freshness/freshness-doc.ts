import { figuresTable } from '../benchmarks-doc';
import type { FreshnessResults } from './freshness-results';
import { familiesTable, faultsTable, listed, oraclesTable, rowsTable } from './table';

/** The person whose families are shown one by one. */
export const REGULAR = 'regular';

/** `docs/benchmarks-freshness.md`. */
export function freshnessDoc(results: FreshnessResults): string {
  const { date, node, days, warmUp, rows, families } = results;
  return `# Benchmarks of freshness

Written by \`npm run bench:freshness\`, ${date}, Node.js ${node}: ${days} simulated days of each person after ${warmUp} days of learning. How long after Oura's cloud
shows something is it here, and what does that cost? Of several persons the worst figure is shown, unless it says otherwise.

${figuresTable(results)}

![Requests a day against the median delay by day](benchmarks-freshness.svg)

## Person by person

Delays in minutes. *Learning* is the ${warmUp} days before.

${rowsTable(results)}

${faultsTable(rows)}

## Beside the oracle

*Oracle at p50* and *at mean* are the requests a day that the oracle needs for the same delay by day, *ratio* is what this strategy needs beside it. The oracle knows
the law of syncs and how the person's days usually go; the one behind it also *knows the day* beforehand. Empty: no oracle was asked for such a delay.

${oraclesTable(results)}

## Family by family

The person with regular days; changes of ${days} days, delays in minutes.

${familiesTable(families)}

What the requests of that person are for, a day:

${requestsOf(rows)}

## How it is measured

- **Persons** are those of the simulator in \`lib/simulator/person\`: the ring syncs by itself every one to three hours of the day, and when the person opens the
  app, which also brings the night. One works at night every other week, one opens the app on a third of the days, one travels every third week, one
  takes the ring off for three days; with the first of them Oura answers nothing for six hours (first 503, then connections that end), and events of
  webhooks are lost for two days, six times, beginning at different hours. Which days sync late, which nights are corrected, and when, is the simulator's chance, the same at each run.
- **Our polling** and **our webhooks** are the package's own engine, client, limits and store against the stand-in of Oura's cloud, with its rate limits
  and faults, in one process. Its time jumps to the next moment at which anything happens; a request takes a quarter of a second. Events arrive half a
  minute after what they tell of became visible. The account is made six hours before the days of learning begin, with a fortnight of history.
- **Counted** are all documents, with each of their versions, and for heart rate and battery the rows of each sync. The delay ends when the store holds
  that version or a newer one. *By day* is from when the person wakes to when they go to bed. *Never* counts what was not seen until the end, but for the last twelve hours.
  Days of requests are local days.
- **Every family every five minutes** is 18 requests each time, 5,184 a day (one of the days has 23 hours). That is reckoned, not run: what became visible is there with the next beat.
- **The oracle** knows by what law syncs come and how the person's days usually go, but not how this one goes, nor what chance will bring. It asks one question at a
  time at the moments that cost least (the square-root rule on the true hazard, \`bench/freshness/square-root.ts\`), one request each, is told everything by the answer
  (what a sync brings also tells when the person woke, or went to bed), and then reads exactly the families that have changed. What comes while the person sleeps weighs
  a tenth. It has nothing to learn: the law is the simulator's own. Rules steeper or flatter than the square root need no fewer requests for the same median; finer
  steps, more ways of a day and another weight of the night change them by three in a hundred at most.
- **The ways of a day** are at most sixteen pairs of a waking and a bedtime, taken from the person's other nights of the two weeks before and after, of the same kind
  (before work, before a free day or on a journey, after a shift), at the same hours of the clock where the person is: where that is and what kind of day it will be, it
  knows as from a calendar. The day's own hours are not among them. Each way has its chance, by Bayes' rule from the syncs seen and from the time that brought none.
- **The oracle that knows the day** has one way of each day, the true one: it also knows beforehand when the person will wake and go to bed. Nobody who asks can know
  that, so it is a bound below the bound.
`;
}

function requestsOf(rows: FreshnessResults['rows']): string {
  const own = rows.filter(({ person, strategy }) => person === REGULAR && (strategy === 'polling' || strategy === 'webhooks'));
  return own.map(({ strategy, requests }) => `- ${strategy}: ${listed(requests.byKind)}; of ${listed(requests.byFamily)}.`).join('\n');
}
