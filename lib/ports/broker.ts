export interface BrokerMessage {
  readonly topic: string;
  readonly payload: string;
  /** Kept by the broker from before the subscription. */
  readonly isRetained: boolean;
}

/** An MQTT broker that somebody else connects to, again and again. */
export interface Broker {
  /** Tells brokers apart: the id of the broker's node. */
  readonly id: string;
  readonly isConnected: boolean;
  /** QoS 1. Resolves when the broker has it. @throws OuraError broker_away */
  publish(message: { readonly topic: string; readonly payload: string; readonly retain: boolean }): Promise<void>;
  /**
   * QoS 1, kept over reconnects. What is retained comes again with each (re)connect.
   * @returns ends it
   */
  subscribe(topic: string, listener: (message: BrokerMessage) => void): () => void;
  /** @param listener hears each change. @returns ends it */
  onConnected(listener: (isConnected: boolean) => void): () => void;
}
