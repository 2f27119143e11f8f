/** Somebody who uses a broker's node; `status` hears each change of its connection. */
export interface BrokerUser {
  readonly id: string;
  status(state: { readonly fill: string }): void;
}

interface Publication {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 1;
  readonly retain: boolean;
}

/** What is used of Node-RED's own `mqtt-broker` node, which is the same in Node-RED 4.1 and 5. */
export interface BrokerNode {
  readonly id: string;
  readonly type: string;
  readonly connected: boolean;
  /** Connects when it is the first user; tells nothing when there is a connection already. */
  register(user: BrokerUser): void;
  deregister(user: BrokerUser, done: () => void, isRemoved: boolean): void;
  /** Without a connection the message is dropped, and `done` never called. */
  publish(message: Publication, done: (cause?: unknown) => void): void;
  /** Kept over reconnects. */
  subscribe(
    topic: string,
    options: { readonly qos: 1 },
    listener: (topic: string, payload: Buffer, packet: { readonly retain: boolean }) => void,
    ref: string,
  ): void;
  unsubscribe(topic: string, ref: string, isRemoved: boolean): void;
}
