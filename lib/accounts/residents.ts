import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { copyStore } from '../store/copy-store';
import { createMemoryStore } from '../store/memory-store';
import { openPersonStore } from '../store/open-person-store';
import { PersonHost } from '../sync/person-host';
import { StoreKeeper } from '../sync/store-keeper';
import type { PersonFolder } from './person-folder';

interface Resident {
  readonly host: PersonHost;
  users: number;
}

/** What is needed to open a person's store. */
export interface ResidentPorts {
  readonly folder: PersonFolder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The persons whose data is open: one store and one engine each, however many accounts they have. */
export class Residents {
  readonly #ports: ResidentPorts;
  readonly #residents = new Map<string, Resident>();

  constructor(ports: ResidentPorts) {
    this.#ports = ports;
  }

  /** Opens a person's store, or shares it. */
  enter(personId: string, account: { readonly id: string; readonly storage: 'disk' | 'memory' }): PersonHost {
    const { logger } = this.#ports;
    const resident = this.#residents.get(personId);
    if (resident !== undefined) {
      resident.users += 1;
      logger.info(`Account ${account.id} shares the data of a person with another account.`);
      return resident.host;
    }
    const host = this.#open(personId, account.storage);
    this.#residents.set(personId, { host, users: 1 });
    return host;
  }

  /** The last one to leave closes the store. */
  leave(host: PersonHost): void {
    const resident = this.#residents.get(host.personId);
    if (resident === undefined) return;
    resident.users -= 1;
    if (resident.users > 0) return;
    this.#residents.delete(host.personId);
    host.keeper.close();
  }

  #open(personId: string, storage: 'disk' | 'memory'): PersonHost {
    const { folder, clock, logger } = this.#ports;
    const opened = openPersonStore({ folder: folder.path, personId, storage, clock });
    const toMemory = (failing: Parameters<typeof copyStore>[0]): ReturnType<typeof createMemoryStore> => {
      const memory = createMemoryStore({ firstSeq: failing.changes.head() + 1 });
      copyStore(failing, memory);
      return memory;
    };
    return new PersonHost(personId, new StoreKeeper({ opened, toMemory, logger }), folder.settingsOf(personId), logger);
  }
}
