import { connectAsync, type MqttClient } from 'mqtt';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../../scripts/home-assistant/debian';
import { lastingPort } from './lasting-port';
import { OwnProgram } from './own-program';
import { until } from './until';

/** A message as an observer received it. */
export interface MqttMessage {
  readonly topic: string;
  readonly payload: string;
  /** Whether the broker had kept it, so that it came with the subscription. */
  readonly retain: boolean;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly at: number;
}

export interface MosquittoOptions {
  readonly isCareful?: boolean;
}

/** A real mosquitto on a port of its own, which keeps retained messages over restarts, and an observer of all of its topics. */
export class RealMosquitto {
  readonly port: number;
  /** All that was published since the start; after a restart of the broker, what it has kept comes once more. */
  readonly messages: MqttMessage[] = [];
  readonly #folder: string;
  #program: OwnProgram;
  #observer: MqttClient | null = null;

  private constructor(port: number, folder: string, program: OwnProgram) {
    this.port = port;
    this.#folder = folder;
    this.#program = program;
  }

  /** @param isCareful whether everything is on disk after each message, so that `kill -9` loses nothing; else nothing is dropped */
  static async start({ isCareful = true }: MosquittoOptions = {}): Promise<RealMosquitto> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mosquitto-'));
    const port = await lastingPort();
    const lines = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${folder}/`,
      ...(isCareful ? ['autosave_on_changes true', 'autosave_interval 1'] : ['max_queued_messages 0']), // saved after each; or none dropped
      `user ${os.userInfo().username}`, // else it changes to one that may not write here
    ];
    writeFileSync(path.join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
    const mosquitto = new RealMosquitto(port, folder, await launch(folder));
    await mosquitto.#observe();
    return mosquitto;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** What the broker says about itself: who connected, who left. */
  get log(): readonly string[] {
    return this.#program.lines;
  }

  /** Resolves when the broker has acknowledged it. */
  async publish(topic: string, payload: string | object, { retain = true }: { readonly retain?: boolean } = {}): Promise<void> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    await this.#client.publishAsync(topic, text, { qos: 1, retain });
  }

  /** What the broker keeps below a topic now, by topic. */
  async retained(filter = '#'): Promise<ReadonlyMap<string, string>> {
    const client = await connectAsync(this.url);
    const found = new Map<string, string>();
    const mark = `oura-e2e/mark/${Math.random().toString(36).slice(2)}`;
    const marked = new Promise<void>((resolve) => {
      client.on('message', (topic, payload, { retain }) => {
        if (topic === mark) resolve();
        else if (retain) found.set(topic, payload.toString());
      });
    });
    await client.subscribeAsync([filter, mark], { qos: 1 });
    await client.publishAsync(mark, 'kept messages come before it', { qos: 1 });
    await marked;
    await client.endAsync();
    return found;
  }

  /** Waits for a message that came after the given number of them. */
  message(topic: string, matches: (message: MqttMessage) => boolean = () => true, after = 0): Promise<MqttMessage> {
    return until(`a message at ${topic}`, () => this.messages.slice(after).find((one) => one.topic === topic && matches(one)));
  }

  /** Ends the broker; its port stays its own. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#program.end(signal);
  }

  /** Starts it after `stop`. Resolves when the observer is back. */
  async startAgain(): Promise<void> {
    this.#program = await launch(this.#folder);
    await until('the observer', () => this.#client.connected, { tell: () => this.log.join('\n') });
  }

  async clear(): Promise<void> {
    await this.#observer?.endAsync(true);
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #client(): MqttClient {
    if (this.#observer === null) throw new Error('the broker is not up');
    return this.#observer;
  }

  async #observe(): Promise<void> {
    const options = { reconnectPeriod: 100, connectTimeout: 5000, protocolVersion: 5 } as const;
    this.#observer = await until(
      'mosquitto',
      () => connectAsync(this.url, options, false).catch(() => null), // it is not up yet
      { tell: () => this.log.join('\n') },
    );
    this.#observer.on('error', () => undefined); // it tries again
    this.#observer.on('message', (topic, payload, { retain }) => {
      this.messages.push({ topic, payload: payload.toString(), retain, at: performance.now() });
    });
    await this.#observer.subscribeAsync({ '#': { qos: 1, rap: false } });
  }
}

function launch(folder: string): Promise<OwnProgram> {
  const program = findProgram('mosquitto');
  if (program === null) throw new Error('There is no mosquitto: run `npm run test:e2e`, which installs it.');
  return OwnProgram.start({ program, args: ['-c', path.join(folder, 'mosquitto.conf'), '-v'] });
}
