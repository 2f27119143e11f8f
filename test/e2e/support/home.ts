import type { Wanted } from '../../../scripts/home-assistant/versions';
import type { PackedPackage } from '../../support/packed-package';
import { RealNodeRed } from '../../support/real-node-red';
import { lastQuietHour } from './last-quiet-hour';
import { RealHomeAssistant } from './real-home-assistant';
import { RealMosquitto, type MosquittoOptions } from './real-mosquitto';
import { SimulatorProgram, type SimulatorOptions } from './simulator-program';

/** What differs between homes. */
export interface HomeOptions {
  /** Of the home and of the persons; UTC if left out. */
  readonly timeZone?: string;
  /** Two persons with 60 days of data, who sleep, if left out. */
  readonly simulator?: SimulatorOptions;
  readonly mosquitto?: MosquittoOptions;
  /** Further settings and environment of Node-RED. */
  readonly nodeRed?: NodeRedOptions;
}

interface NodeRedOptions {
  readonly settings?: object;
  readonly env?: NodeJS.ProcessEnv;
}

const NODE_RED = 'node-red';
/** How soon a broker that comes back is found. */
const SETTINGS = { mqttReconnectTime: 500 };
const DAY_MS = 86_400_000;
const SEEDS = ['anna', 'ben'];
const HISTORY_DAYS = 60;

/** A home: a real Home Assistant, mosquitto and Node-RED with the packed package, and the stand-in of Oura's cloud. */
export class Home {
  readonly homeAssistant: RealHomeAssistant;
  readonly mosquitto: RealMosquitto;
  readonly simulator: SimulatorProgram;
  readonly #nodeRedOptions: NodeRedOptions;
  #nodeRed: RealNodeRed;

  private constructor(parts: Pick<Home, 'homeAssistant' | 'mosquitto' | 'simulator' | 'nodeRed'>, nodeRedOptions: NodeRedOptions) {
    this.homeAssistant = parts.homeAssistant;
    this.mosquitto = parts.mosquitto;
    this.simulator = parts.simulator;
    this.#nodeRed = parts.nodeRed;
    this.#nodeRedOptions = nodeRedOptions;
  }

  /** Starts all of it side by side. Resolves when Home Assistant is connected to mosquitto and the package is installed in Node-RED. */
  static async start(
    wanted: Wanted,
    packed: PackedPackage,
    {
      timeZone = 'UTC',
      simulator = { seeds: SEEDS, now: lastQuietHour() },
      mosquitto: mosquittoOptions = {},
      nodeRed: nodeRedOptions = {},
    }: HomeOptions = {},
  ): Promise<Home> {
    const firstDay = new Date(Date.now() - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
    const started = await Promise.allSettled([
      RealHomeAssistant.start(wanted, { timeZone }),
      RealMosquitto.start(mosquittoOptions),
      SimulatorProgram.start({ zone: timeZone, firstDay, ...simulator }),
      startNodeRed(packed, nodeRedOptions),
    ]);
    const [homeAssistant, mosquitto, program, nodeRed] = started;
    const isUp = homeAssistant.status === 'fulfilled' && mosquitto.status === 'fulfilled' && program.status === 'fulfilled';
    if (!isUp || nodeRed.status !== 'fulfilled') {
      for (const one of started) if (one.status === 'fulfilled') await one.value.clear();
      throw started.find((one) => one.status === 'rejected')?.reason;
    }
    const parts = { homeAssistant: homeAssistant.value, mosquitto: mosquitto.value, simulator: program.value, nodeRed: nodeRed.value };
    const home = new Home(parts, nodeRedOptions);
    await home.homeAssistant.addMqtt(home.mosquitto).catch(async (cause: unknown) => {
      await home.clear();
      throw cause;
    });
    return home;
  }

  /** The Node-RED that runs now; another one after `restartNodeRed`. */
  get nodeRed(): RealNodeRed {
    return this.#nodeRed;
  }

  /** A config node of Node-RED's own for the broker, for `deploy`; nodes name it by its id, `broker`. */
  get brokerNode(): Readonly<Record<string, unknown>> {
    return {
      id: 'broker',
      type: 'mqtt-broker',
      name: 'mosquitto',
      broker: '127.0.0.1',
      port: String(this.mosquitto.port),
      clientid: '',
      autoConnect: true,
      usetls: false,
      protocolVersion: '5',
      keepalive: '60',
      cleansession: true,
    };
  }

  /** Ends Node-RED, politely or as `kill -9` does, and starts it with the same user directory. */
  async restartNodeRed(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#nodeRed.end(signal);
    const { userDir } = this.#nodeRed;
    this.#nodeRed = await RealNodeRed.start(NODE_RED, { userDir, ...withSettings(this.#nodeRedOptions) });
  }

  /** Ends all of it and removes what it kept. */
  async clear(): Promise<void> {
    await this.#nodeRed.clear();
    await Promise.all([this.simulator.clear(), this.homeAssistant.clear()]);
    await this.mosquitto.clear();
  }
}

async function startNodeRed(packed: PackedPackage, options: NodeRedOptions): Promise<RealNodeRed> {
  const nodeRed = await RealNodeRed.start(NODE_RED, withSettings(options));
  await packed.install(nodeRed);
  return nodeRed;
}

function withSettings({ settings, env }: NodeRedOptions): { readonly settings: object; readonly env?: NodeJS.ProcessEnv } {
  return { settings: { ...SETTINGS, ...settings }, ...(env !== undefined && { env }) };
}
