import { Refusal, type HomeCommand, type HomeServer } from '../home-server';
import { checkKeys, isAnything, isDict, isText } from './check-keys';

export interface Device {
  readonly id: string;
  readonly identifier: string;
  name: string | null;
  info: Readonly<Record<string, unknown>>;
}

export interface Entry {
  entityId: string;
  readonly domain: string;
  readonly uniqueId: string;
  readonly platform: string;
  deviceId: string | null;
  /** What a person named it. */
  name: string | null;
  originalName: string | null;
  disabledBy: string | null;
  options: Record<string, unknown>;
}

/** What the registries tell whoever makes entities. */
export interface RegistryEvents {
  isFree(entityId: string): boolean;
  /** @returns false = the entity cannot be moved or removed any more */
  renamed(entry: Entry, from: string): void;
  removed(entry: Entry): void;
  changed(entry: Entry): void;
  enabled(entry: Entry): void;
  complain(message: string): void;
}

const UPDATE = {
  required: { entity_id: isText },
  optional: {
    new_entity_id: isText,
    name: isAnything,
    icon: isAnything,
    disabled_by: isAnything,
    hidden_by: isAnything,
    area_id: isAnything,
    options_domain: isText,
    options: isAnything,
  },
};

/** Home Assistant's entity and device registries, as far as a publisher meets them. COMPANION.md, "Entity ids", "Removal". */
export class Registries {
  readonly entries: Entry[] = [];
  readonly devices: Device[] = [];
  readonly #year: number;
  readonly #migrates: boolean;
  readonly #events: RegistryEvents;
  /** Ids of removed entities: given back since 2026. */
  readonly #former = new Map<string, string>();
  #lastId = 0;

  constructor(server: HomeServer, { year, migrates }: { year: number; migrates: boolean }, events: RegistryEvents) {
    this.#year = year;
    this.#migrates = migrates;
    this.#events = events;
    server.on('config/entity_registry/list', () => this.entries.map((entry) => listed(entry)));
    server.on('config/entity_registry/get', (command) => ({ ...listed(this.#entryOf(command)), aliases: [] }));
    server.on('config/device_registry/list', () =>
      this.devices.map(({ id, identifier, name, info }) => ({
        ...info,
        id,
        name,
        identifiers: [['nodered', identifier]],
        name_by_user: null,
      })),
    );
    server.on('config/entity_registry/update', (command) => {
      if (!server.isAdmin) throw new Refusal('unauthorized', 'Unauthorized');
      return { entity_entry: listed(this.#update(command)) };
    });
    server.on('config/entity_registry/remove', (command) => {
      if (!server.isAdmin) throw new Refusal('unauthorized', 'Unauthorized');
      checkKeys(command, { required: { entity_id: isText }, optional: {} }, this.#year);
      this.remove(this.#entryOf(command));
      return null;
    });
  }

  find(domain: string, uniqueId: string): Entry | null {
    return this.entries.find((entry) => entry.domain === domain && entry.uniqueId === uniqueId) ?? null;
  }

  /** @param wanted object id; `_2` and so on when it is taken */
  make(domain: string, uniqueId: string, wanted: string, platform = 'nodered'): Entry {
    const former = this.#year >= 2026 ? this.#former.get(`${domain}|${uniqueId}`) : undefined;
    const entry: Entry = {
      entityId: former !== undefined && this.#isFree(former) ? former : this.#freeId(domain, wanted),
      domain,
      uniqueId,
      platform,
      deviceId: null,
      name: null,
      originalName: null,
      disabledBy: null,
      options: {},
    };
    this.entries.push(entry);
    return entry;
  }

  remove(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.#former.set(`${entry.domain}|${entry.uniqueId}`, entry.entityId);
    this.#events.removed(entry);
  }

  deviceOf(entry: Entry): Device | null {
    return this.devices.find(({ id }) => id === entry.deviceId) ?? null;
  }

  /** Makes the device or brings it up to date. */
  device(identifier: string, info: Readonly<Record<string, unknown>>): Device {
    let device = this.devices.find((one) => one.identifier === identifier);
    if (device === undefined) {
      this.#lastId += 1;
      device = { id: `device${this.#lastId}`, identifier, name: null, info };
      this.devices.push(device);
    }
    device.name = typeof info['name'] === 'string' ? info['name'] : device.name;
    device.info = info;
    return device;
  }

  removeDevice(identifier: string): void {
    const index = this.devices.findIndex((one) => one.identifier === identifier);
    if (index < 0) return;
    const [gone] = this.devices.splice(index, 1);
    for (const entry of this.entries) if (entry.deviceId === gone?.id) entry.deviceId = null;
  }

  #entryOf({ entity_id: id }: HomeCommand): Entry {
    const entry = this.entries.find(({ entityId }) => entityId === id);
    if (entry === undefined) throw new Refusal('not_found', 'Entity not found');
    return entry;
  }

  #update(command: HomeCommand): Entry {
    checkKeys(command, UPDATE, this.#year);
    const entry = this.#entryOf(command);
    if ('options_domain' in command !== 'options' in command) throw new Refusal('invalid_format');
    if (typeof command['new_entity_id'] === 'string') this.#rename(entry, command['new_entity_id']);
    if ('name' in command) entry.name = command['name'] as string | null; // a text or null, by Home Assistant's schema
    if (typeof command['options_domain'] === 'string' && isDict(command['options']))
      entry.options = { ...entry.options, [command['options_domain']]: command['options'] };
    if ('disabled_by' in command)
      this.#disable(entry, command['disabled_by'] as string | null); // likewise
    else this.#events.changed(entry);
    return entry;
  }

  #disable(entry: Entry, by: string | null): void {
    const was = entry.disabledBy;
    entry.disabledBy = by;
    if (was === null && by !== null) this.#events.changed(entry);
    if (was !== null && by === null) this.#events.enabled(entry);
  }

  #rename(entry: Entry, to: string): void {
    if (to === entry.entityId) return;
    if (!to.startsWith(`${entry.domain}.`)) throw new Refusal('invalid_info', 'New entity ID should be same domain');
    if (!/^[a-z_]+\.[a-z0-9]+(?:_[a-z0-9]+)*$/.test(to)) throw new Refusal('invalid_info', 'Invalid entity ID');
    if (!this.#isFree(to)) throw new Refusal('invalid_info', 'Entity with this ID is already registered');
    const from = entry.entityId;
    entry.entityId = to;
    if (!this.#migrates)
      this.#events.complain(`ERROR Cannot migrate history for entity_id ${from} to ${to}: new_entity_id is already in use`);
    this.#events.renamed(entry, from);
  }

  #isFree(entityId: string): boolean {
    return this.#events.isFree(entityId) && this.entries.every((entry) => entry.entityId !== entityId);
  }

  #freeId(domain: string, wanted: string): string {
    let id = `${domain}.${wanted}`;
    for (let count = 2; !this.#isFree(id); count += 1) id = `${domain}.${wanted}_${count}`;
    return id;
  }
}

function listed(entry: Entry): Readonly<Record<string, unknown>> {
  return {
    entity_id: entry.entityId,
    unique_id: entry.uniqueId,
    platform: entry.platform,
    device_id: entry.deviceId,
    disabled_by: entry.disabledBy,
    name: entry.name,
    original_name: entry.originalName,
    options: entry.options,
  };
}
