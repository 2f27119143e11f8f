import { systemClock } from '../lib/async/system-clock';
import { HomeConnection } from '../lib/home/websocket/home-connection';
import { HomeRows } from '../lib/statistics/home-rows';
import type { JobPorts } from '../lib/statistics/import-job';
import { importRun } from '../lib/statistics/import-run';
import { StatisticsLedger } from '../lib/statistics/statistics-ledger';
import { NoonHours } from '../lib/statistics/noon-hours';
import { wantedStatistics } from '../lib/statistics/wanted-statistics';
import { createMemorySettings } from '../lib/store/memory-settings';
import { openSqliteStore } from '../lib/store/sqlite-store';
import { addDays } from '../lib/sync/local-day';
import { HomeServer } from '../test/support/home-server';
import { RecorderStandIn } from '../test/support/recorder-stand-in';
import { measured, report } from './measured';
import { SCENE } from './scene';

/** Five years of every metric as long-term statistics, against a stand-in of Home Assistant that writes at once. Argument: the database. */
async function main(file: string): Promise<void> {
  const silent = (): void => undefined;
  const server = await HomeServer.start();
  const recorder = new RecorderStandIn(server);
  const options = { url: server.url, token: () => server.token, rejectUnauthorized: true };
  const home = new HomeConnection({ clock: systemClock, logger: { error: silent, warn: silent, info: silent, debug: silent } }, options);
  const connected = new Promise((resolve) => home.onFacts(resolve));
  home.start();
  await connected;
  const ports = portsOf(file, home);
  const choice = { slug: 'bench', deviceName: 'Oura', groups: [], metrics: [], isPublished: () => true, nameOf: (key: string) => key };
  const before = server.commands.length;
  const cost = await measured(async () => {
    await importRun(ports, wantedStatistics(choice), { start: '', again: null }, new AbortController().signal);
  });
  const rows = recorder.imports.reduce((sum, one) => sum + one.rows, 0);
  report({ ...cost, rows, messages: server.commands.length - before });
  await home.close();
  await server.stop();
  ports.source.store.close();
}

function portsOf(file: string, home: HomeConnection): JobPorts {
  const store = openSqliteStore(file, { clock: systemClock });
  const today = new Date(SCENE.now).toISOString().slice(0, 10);
  const source: JobPorts['source'] = {
    store,
    write: (work) => {
      work(store);
    },
    zone: SCENE.zone,
    chosenZone: SCENE.zone,
    now: () => SCENE.now,
    days: () => ({ from: SCENE.firstDay, isComplete: true, overThrough: addDays(today, -1), reason: null }),
  };
  const ledger = new StatisticsLedger(createMemorySettings());
  return {
    rows: new HomeRows(home, systemClock),
    source,
    ledger,
    owner: 'bench',
    home: 'home',
    hours: new NoonHours(SCENE.zone),
    onDone: () => undefined,
  };
}

void main(process.argv[2] ?? '');
