import { checkKeys, isAnything, isDict, isFlag, isState, isText, type Keys } from './companion/check-keys';
import { LiveEntity } from './companion/live-entity';
import { Registries, type Entry } from './companion/registries';
import type { Config, Value } from './companion/shown-state';
import { StateMachine } from './companion/state-machine';
import { Refusal, type HomeClient, type HomeCommand, type HomeServer } from './home-server';

interface Options {
  /** False: Home Assistant has no companion (yet); `install` adds it. */
  readonly isInstalled?: boolean;
}

const COMPONENTS = new Set(['binary_sensor', 'button', 'number', 'select', 'sensor', 'switch', 'text', 'time']);
const NODE = { server_id: isText, node_id: isText };
const KEYS = {
  version: { required: {}, optional: {} },
  discovery: {
    required: { component: isText, ...NODE },
    optional: {
      config: isDict,
      state: isState,
      attributes: isDict,
      remove: isFlag,
      device_info: isDict,
      device_trigger: isAnything,
      sub_type: isAnything,
    },
  },
  entity: { required: { ...NODE, state: isState }, optional: { attributes: isDict } },
  updateConfig: { required: NODE, optional: { config: isDict } },
  removeDevice: { required: { node_id: isText }, optional: { config: isDict } },
} as const satisfies Record<string, Keys>;

/**
 * The Node-RED companion 4.2.3 in a Home Assistant, as measured in COMPANION.md of the specifications ("C" below), on top of a HomeServer,
 * which says the version. What Home Assistant would write in its log is in `complaints`.
 */
export class CompanionStandIn {
  readonly complaints: string[] = [];
  /** Node ids whose discovery is refused as if it were malformed. */
  readonly refused = new Set<unknown>();
  readonly states: StateMachine;
  readonly registries: Registries;
  readonly #server: HomeServer;
  readonly #year: number;
  /** Since 2026.4 names and ids begin with the device's name (C, "Entity ids"). */
  readonly #namesByDevice: boolean;
  readonly #discovered = new Map<string, string>();
  readonly #live = new Map<string, LiveEntity>();
  readonly #poisoned = new Set<string>();
  /** Last values of numbers and texts, which outlive a restart. */
  readonly #stored = new Map<string, string>();
  /** Commands are registered from the first load of a start on, and stay. */
  #isRegistered = false;
  #isLoaded = false;
  #isReloadDue = false;
  #presses = 0;

  constructor(server: HomeServer, { isInstalled = true }: Options = {}) {
    this.#server = server;
    const [year = 0, month = 0] = server.version.split('.').map(Number);
    this.#year = year;
    const since = (fromYear: number, fromMonth: number): boolean => year > fromYear || (year === fromYear && month >= fromMonth);
    this.#namesByDevice = since(2026, 4);
    this.states = new StateMachine(server);
    this.registries = new Registries(
      server,
      { year, migrates: since(2025, 12) },
      {
        isFree: (id) => this.states.get(id) === null,
        renamed: (entry, from) => {
          this.#renamed(entry, from);
        },
        removed: (entry) => {
          this.#removed(entry);
        },
        changed: (entry) => {
          if (entry.disabledBy === null) this.#write(entry);
          else this.#disabled(entry);
        },
        enabled: () => {
          this.#isReloadDue = true;
        },
        complain: (message) => this.complaints.push(message),
      },
    );
    this.#handle();
    if (isInstalled) this.load(since(2024, 11));
  }

  /** The integration's set-up. @param works false: `setup_error`, as before Home Assistant 2024.11 */
  load(works = true): void {
    if (!this.#server.components.includes('nodered')) this.#server.components = [...this.#server.components, 'nodered']; // also in setup_error
    if (!works) return;
    this.#isRegistered = true;
    this.#isLoaded = true;
    for (const id of this.#poisoned)
      this.complaints.push(`ERROR Platform nodered does not generate unique IDs. ID ${id} already exists - ignoring`);
    this.#server.fire('nodered', { type: 'loaded', version: '4.2.3' });
  }

  /** Everything becomes unavailable; commands still answer success, with no effect (C, "Install"). */
  unload(): void {
    this.#isLoaded = false;
    this.#forget();
    this.#server.fire('nodered', { type: 'unloaded' });
  }

  reload(): void {
    this.#isReloadDue = false;
    this.unload();
    this.load();
  }

  /** What Home Assistant does 30 s after a disabled entity was enabled. */
  passReloadDelay(): void {
    if (!this.#isReloadDue) throw new Error('No reload is due.');
    this.reload();
  }

  /** Ends all connections. Nothing of the companion answers until `load`. */
  restart(): void {
    this.#isRegistered = false;
    this.#isLoaded = false;
    this.#server.dropAll();
    this.#forget();
    for (const id of this.states.ids) if (!this.registries.entries.some(({ entityId }) => entityId === id)) this.states.remove(id);
  }

  /** What a person does to an entity. Range, option and length errors go to the caller, without an event (C, "Two-way"). */
  act(entityId: string, value: Value): void {
    const entity = this.entityAt(entityId);
    const { component, config } = entity;
    if (component === 'number' && (Number(value) < Number(config['min_value']) || Number(value) > Number(config['max_value'])))
      throw new Error('value out of range');
    if (component === 'select' && !(config['options'] as readonly unknown[]).includes(value)) throw new Error('option not in list');
    if (component === 'text' && String(value).length > Number(config['max_length'] ?? 100)) throw new Error('text too long');
    if (!entity.isAvailable) return; // actions leave unavailable entities out
    if (component === 'button') {
      this.#presses += 1;
      entity.command({ type: 'automation_triggered', data: { entity: {} } }, new Date(this.#presses * 1000).toISOString());
    } else entity.command(component === 'switch' ? { type: 'state_changed', state: value } : { type: 'value_change', value }, null);
    this.#write(entity.entry);
  }

  /** The action `nodered.trigger` on a switch. */
  trigger(entityId: string): void {
    this.entityAt(entityId).command({ type: 'automation_triggered', data: { output_path: '0', message: {} } }, null);
  }

  entityAt(entityId: string): LiveEntity {
    for (const entity of this.#live.values()) if (entity.entry.entityId === entityId) return entity;
    throw new Error(`Home Assistant has no ${entityId}.`);
  }

  #handle(): void {
    const on = (type: string, keys: Keys, handler: (command: HomeCommand, client: HomeClient) => unknown): void => {
      this.#server.on(`nodered/${type}`, (command, client) => {
        if (!this.#isRegistered) throw new Refusal('unknown_command', 'Unknown command.');
        if (!this.#server.isAdmin) throw new Refusal('unauthorized', 'Unauthorized');
        checkKeys(command, keys, this.#year);
        return handler(command, client);
      });
    };
    on('version', KEYS.version, () => '4.2.3');
    on('discovery', KEYS.discovery, (command, client) => {
      if (this.refused.has(command['node_id'])) throw new Refusal('invalid_format');
      if (this.#isLoaded) this.#discover(command, client);
    });
    on('entity', KEYS.entity, (command) => {
      const entity = this.#live.get(uniqueIdOf(command));
      if (!this.#isLoaded || entity === undefined) return;
      this.#complain(entity, entity.take(command['state'] as Value, (command['attributes'] ?? {}) as Config)); // checked above
      this.#write(entity.entry);
    });
    on('entity/update_config', KEYS.updateConfig, (command) => {
      const entity = this.#live.get(uniqueIdOf(command));
      if (entity === undefined) return;
      const { options, ...config } = (command['config'] ?? {}) as Config & { readonly options?: readonly string[] };
      if (options !== undefined && entity.component === 'sensor') entity.options = options;
      entity.config = { ...entity.config, ...config, ...(options !== undefined && entity.component === 'select' && { options }) };
      this.#write(entity.entry);
    });
    on('device/remove', KEYS.removeDevice, (command) => {
      if (this.#year >= 2026) this.complaints.push('WARNING calls device_registry.async_get_device, which is deprecated');
      this.registries.removeDevice(String(command['node_id']));
      for (const { entry } of this.#live.values()) this.#write(entry);
    });
  }

  #discover(command: HomeCommand, client: HomeClient): void {
    const uniqueId = uniqueIdOf(command);
    const component = String(command['component']);
    const known = this.#discovered.get(uniqueId);
    if (command['remove'] === true && known !== undefined) {
      this.#discovered.delete(uniqueId);
      this.#poisoned.add(uniqueId);
      return;
    }
    if (!COMPONENTS.has(component)) this.complaints.push(`WARNING ${component} is not a supported component`);
    else if (known === undefined) this.#first(command, client, component);
    else this.#again(command, client, component);
  }

  #first(command: HomeCommand, client: HomeClient, component: string): void {
    const uniqueId = uniqueIdOf(command);
    this.#discovered.set(uniqueId, component);
    if (this.#poisoned.has(uniqueId)) {
      this.complaints.push(`ERROR Platform nodered does not generate unique IDs. ID ${uniqueId} already exists - ignoring`);
      return;
    }
    const config = (command['config'] ?? {}) as Config; // checked above
    const isMade = component !== 'select' || Array.isArray(config['options']);
    if (!isMade || (component === 'text' && !['text', 'password', undefined].includes(config['mode'] as string | undefined))) {
      this.complaints.push(`ERROR ${component} ${uniqueId} has no valid config`); // and is stuck
      return;
    }
    const info = command['device_info'] as Config | undefined; // likewise
    const entry = this.registries.find(component, uniqueId) ?? this.#register(component, uniqueId, config, info);
    if (info !== undefined && 'id' in info) entry.deviceId = this.registries.device(String(info['id']), info).id;
    entry.originalName = nameOf(config, command);
    if (component === 'sensor' && config['entity_category'] === 'config')
      this.complaints.push('WARNING a sensor cannot be of category config');
    if (entry.disabledBy !== null) return;
    const entity = new LiveEntity(component, entry, config);
    this.#live.set(uniqueId, entity);
    const stored = this.#stored.get(uniqueId);
    const { state = null, attributes = {} } = command as { readonly state?: Value; readonly attributes?: Config };
    this.#complain(entity, entity.take(state, attributes));
    if (stored !== undefined && (component === 'number' || component === 'text')) entity.restore(stored); // instead of its state
    entity.listen(command.id, client, false, () => undefined);
    this.#write(entry);
  }

  #again(command: HomeCommand, client: HomeClient, component: string): void {
    const entity = this.#live.get(uniqueIdOf(command));
    if (entity === undefined) return; // stuck, or disabled: success, and nothing comes of it
    const info = command['device_info'] as Config | undefined; // checked above
    entity.config = (command['config'] ?? {}) as Config;
    if (component === entity.component && this.#year >= 2026) entity.entry.originalName = nameOf(entity.config, command);
    if (info === undefined) entity.entry.deviceId = null;
    else if ('id' in info) entity.entry.deviceId = this.registries.device(String(info['id']), info).id;
    else this.complaints.push("ERROR KeyError: 'id'");
    entity.listen(command.id, client, true, () => {
      this.#write(entity.entry);
    });
    for (const { entry } of this.#live.values()) if (entry.deviceId === entity.entry.deviceId) this.#write(entry); // the device's name
  }

  #register(component: string, uniqueId: string, config: Config, info: Config | undefined): Entry {
    const name = typeof config['name'] === 'string' ? config['name'] : uniqueId.replace(/^nodered-[^-]*-/, 'nodered ');
    if (!this.#namesByDevice || info?.['id'] === undefined) return this.registries.make(component, uniqueId, slugOf(name));
    const deviceName = typeof info['name'] === 'string' ? info['name'] : 'Node-RED';
    return this.registries.make(component, uniqueId, slugOf(name.startsWith(deviceName) ? name : `${deviceName} ${name}`));
  }

  #complain(entity: LiveEntity, complaint: string | null): void {
    if (complaint !== null) this.complaints.push(`${complaint} (${entity.entry.entityId})`);
  }

  #write(entry: Entry): void {
    const entity = this.#live.get(entry.uniqueId);
    if (entity?.entry !== entry) return;
    if (entity.component === 'number' || entity.component === 'text') this.#stored.set(entry.uniqueId, entity.text);
    this.states.set(entry.entityId, entity.shown(this.registries.deviceOf(entry), this.#namesByDevice));
  }

  #renamed(entry: Entry, from: string): void {
    if (this.#isPoisoned(entry)) return;
    const shown = this.states.get(from);
    this.states.remove(from);
    if (shown !== null) this.states.set(entry.entityId, shown);
  }

  #removed(entry: Entry): void {
    if (this.#isPoisoned(entry)) return; // a ghost's state stays
    this.states.remove(entry.entityId);
    if (this.#live.get(entry.uniqueId)?.entry === entry) this.#live.delete(entry.uniqueId); // still "already discovered"
  }

  #isPoisoned({ uniqueId }: Entry): boolean {
    const isPoisoned = this.#poisoned.has(uniqueId);
    if (isPoisoned) this.complaints.push("ERROR TypeError: 'set' object does not support item deletion");
    return isPoisoned;
  }

  #disabled(entry: Entry): void {
    if (this.#live.get(entry.uniqueId)?.entry === entry) this.#live.delete(entry.uniqueId);
    this.states.remove(entry.entityId);
  }

  #forget(): void {
    this.#live.clear();
    this.#discovered.clear();
    for (const entry of this.registries.entries)
      if (entry.platform === 'nodered' && entry.disabledBy === null)
        this.states.set(entry.entityId, {
          state: 'unavailable',
          attributes: { restored: true, friendly_name: entry.name ?? entry.originalName ?? '' },
        });
  }
}

function uniqueIdOf({ server_id: server, node_id: node }: HomeCommand): string {
  return `nodered-${String(server)}-${String(node)}`;
}

function nameOf(config: Config, { node_id: node }: HomeCommand): string {
  return typeof config['name'] === 'string' ? config['name'] : `nodered ${String(node)}`;
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
