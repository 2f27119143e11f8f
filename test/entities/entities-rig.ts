import type { EntityDefinition } from '../../lib/home/entity';
import type { Way } from '../../lib/entities/way';
import type { Attend } from '../../lib/entities/attendant';
import { PersonEntities } from '../../lib/entities/person-entities';
import { SharedPersons } from '../../lib/entities/shared-persons';
import type { ControlNews } from '../../lib/entities/control-news';
import type { Lease } from '../../lib/runtime';
import type { Wishes } from '../../lib/entities/chosen-keys';
import { nextTurn } from '../../lib/async/next-turn';
import { refresh } from '../../lib/sync/refresh';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import type { SimulatedPersonPort } from '../../lib/simulator/types';
import { FakeClock } from '../support/fake-clock';
import { AccountRig } from '../support/account-rig';
import { MemoryHome } from './memory-home';

export interface Served {
  readonly entities: PersonEntities;
  readonly lease: Lease;
  readonly heard: ControlNews[];
}

interface Choice {
  readonly owner?: string;
  readonly wishes?: Wishes;
  readonly way?: Way;
  readonly otherWays?: readonly Way[];
  readonly further?: readonly EntityDefinition[];
  readonly attend?: readonly Attend[];
}

/** Accounts against the stand-in, and their entities in a Home Assistant in memory. */
export class EntitiesRig extends AccountRig {
  readonly home = new MemoryHome();
  persons = new SharedPersons({
    error: this.#tell('error'),
    warn: this.#tell('warn'),
    info: this.#tell('info'),
    debug: this.#tell('debug'),
  });
  readonly #served: Served[] = [];

  #tell(level: string): (message: string) => void {
    return (message) => {
      this.log.push(`${level} ${message}`);
    };
  }

  /** @param persons of the stand-in; the tokens `demo-token` and `token-2` belong to the first and the second */
  static async of(now: string, ...persons: readonly SimulatedPersonPort[]): Promise<EntitiesRig> {
    const clock = new FakeClock(Date.parse(now));
    const tokens = { 'demo-token': { person: 0 }, ...(persons.length > 1 && { 'token-2': { person: 1 } }) };
    return new EntitiesRig(await SimulatorServer.start({ persons, clock, random: systemRandom, tokens }));
  }

  /** Serves the person of an account as an oura-entities node does. */
  serve(account: object = {}, choice: Choice = {}, token?: string): Served {
    const { owner = 'node', wishes = { groups: [], metrics: [] }, way = this.home, otherWays = [], further = [], attend = [] } = choice;
    const lease = this.acquire({ timezone: 'UTC', ...account }, token);
    const logger = { error: this.#tell('error'), warn: this.#tell('warn'), info: this.#tell('info'), debug: this.#tell('debug') };
    const entities = new PersonEntities(
      {
        session: lease.session,
        slug: lease.slug,
        persons: this.persons,
        way,
        otherWays,
        attend,
        everybody: () => this.runtime.folder.all(),
        clock: systemClock,
        logger,
      },
      { owner, wishes, names: (kind, key) => `${kind} ${key}`, further },
    );
    const served = { entities, lease, heard: [] as ControlNews[] };
    entities.controls.add((news) => served.heard.push(news));
    this.#served.push(served);
    return served;
  }

  /** Serves an account and waits until all of it is loaded and shown. */
  async shown(account: object = {}, choice: Choice = {}, token?: string): Promise<Served> {
    const served = this.serve(account, choice, token);
    await this.loaded(served.lease);
    await this.until('the entities', () => served.entities.status.kind === 'published');
    return served;
  }

  /** Moves the clock, lets Oura be asked for everything, and waits until the entities know. */
  async later(served: Served, ms: number): Promise<void> {
    this.server.control.advance(ms);
    const engine = await this.engine(served.lease);
    const isIdle = (): boolean => ENDPOINT_KEYS.every((key) => !engine.family(key).inFlight);
    await refresh(engine, { families: [], range: 'recent' }, () => undefined, new AbortController().signal);
    await this.until('the polls', () => engine.nextAt !== null && engine.nextAt > this.server.clock.now() && isIdle());
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  }

  override async clear(): Promise<void> {
    for (const { entities } of this.#served) await entities.close({ remove: false });
    await super.clear();
  }
}
