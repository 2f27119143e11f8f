import { figuresTable } from '../benchmarks-doc';
import type { HomeResults } from './home-results';

/** `docs/benchmarks-home.md`. */
export function homeDoc(results: HomeResults): string {
  const { date, machine, versions, amended, again, rows } = results;
  return `# Benchmarks with Home Assistant

Written by \`npm run bench:home\`, ${date}: Home Assistant ${versions.homeAssistant}, mosquitto ${versions.mosquitto}, Node-RED
${versions.nodeRed}, Node.js ${versions.node}, on a machine of ${machine.processors} processors and ${machine.memoryGiB} GiB that runs all of it and was shared with other
work: ${machine.load.map((load) => load.toFixed(1)).join(', ')} processes wanted a processor (average of the last minute) when each part began and at the end.
On a machine of one's own, times are shorter.

${figuresTable(results)}

What one amended document made the package send: ${listed(amended)}.

States and attributes at the second start: ${listed(again)}.

Rows of the day: ${listed(rows)}.

How it is measured, everything being real but Oura's cloud, whose stand-in is a program of its own:

- **100 metrics changed at once**: the package's publisher hands over 100 changed states, and the clock stops when Home Assistant's own
  \`state_changed\` events have told of the last of them. In turn with it a plain MQTT client publishes the same topics and payloads. Publisher,
  plain client and listener are in one process beside the three programs; in Node-RED, what else a flow does comes on top.
- **One amended document**: the newest \`daily_readiness\` of one of the twenty persons gets another score and the account is refreshed. Counted is
  all that is published about entities until there is silence for ten seconds.
- **Start**: the packed package in Node-RED, an account, a week of history and all entities for each person; the time begins with the start of the
  process. At the first start nothing is there yet, neither documents nor entities; the second finds everything as it was left. The event loop is
  watched from inside Node-RED, from when it listens. mosquitto saves as it does by default and drops nothing (\`max_queued_messages 0\`): by
  default it keeps 1000 messages for a subscriber that is slow, and such a burst is more. Messages by which a node asks the broker what it keeps are not counted.
- **A day of one person**: the changes of a simulated day in steps of five minutes, entities that are on by default, are published into Home
  Assistant step by step, and the rows of its database are counted. A value whose details change with it is two messages, and Home Assistant
  writes two rows of that. Events (a night arrived, a workout, ...) add one row each.
`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts);
  return entries.length === 0 ? 'nothing' : entries.map(([name, count]) => `\`${name}\` ${count}`).join(', ');
}
