import type { Component } from '../entity';

/** Whose topics they are. */
export interface TopicNames {
  /** Discovery prefix, usually `homeassistant`. */
  readonly prefix: string;
  readonly personId: string;
  readonly slug: string;
}

/** A person's topics; with `+` as the key (and component) they are filters. */
export interface Topics {
  config(component: Component | '+', key: string): string;
  state(key: string): string;
  attributes(key: string): string;
  /** Commands. */
  set(key: string): string;
  readonly availability: string;
  /** Where a node's own message comes back from, to tell that all before it has come. */
  mark(owner: string): string;
  /** Where Home Assistant says `online` and `offline`. */
  readonly status: string;
}

/** Every topic of MQTT discovery that this package uses. */
export function topicsOf({ prefix, personId, slug }: TopicNames): Topics {
  return {
    config: (component, key) => `${prefix}/${component}/oura_${personId}/${key}/config`,
    state: (key) => `oura/${slug}/state/${key}`,
    attributes: (key) => `oura/${slug}/attributes/${key}`,
    set: (key) => `oura/${slug}/set/${key}`,
    availability: `oura/${slug}/availability`,
    mark: (owner) => `oura/${slug}/mark/${encodeURIComponent(owner)}`,
    status: `${prefix}/status`,
  };
}
