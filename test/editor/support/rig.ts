import type { Browser } from 'playwright-core';
import { ENDPOINT_KEYS } from '../../../lib/catalogue/endpoints';
import { nodeTypeOf } from '../../../lib/catalogue/node-type';
import type { NodeRedModule, RealNodeRed } from '../../support/real-node-red';

/** What every suite works with; filled before its first test. */
export interface Rig {
  readonly module: NodeRedModule;
  readonly browser: Browser;
  readonly nodeRed: RealNodeRed;
}

/** The node types of the palette. */
export const PALETTE_TYPES: readonly string[] = [
  ...ENDPOINT_KEYS.map(nodeTypeOf),
  'oura-entities',
  'oura-refresh',
  'oura-statistics',
  'oura-status',
  'oura-webhook',
];
export const ACCOUNT_TYPE = 'oura-account';
export const ACCOUNT = 'a1b2c3d4e5f60718'; // no value of another property: Node-RED takes that for a reference

export const HOME_TYPE = 'oura-home';
export const HOME = 'b2c3d4e5f6071829';

const demo = { type: ACCOUNT_TYPE, mode: 'demo', families: {}, retentionDays: {}, storage: 'memory', historyDays: 30, interval: 60 };
const source = { output: 'query', select: 'latest', start: '-7', end: 'today' };

/** A flow with one node of each type, all of one account. */
export const ONE_OF_EACH: readonly Readonly<Record<string, unknown>>[] = [
  { id: 'tab', type: 'tab', label: 'One of each' },
  { ...demo, id: ACCOUNT, name: 'Anna', slug: 'anna', dailyBudget: 5000, timezone: '', seed: 'anna', version: 1 },
  { id: HOME, type: HOME_TYPE, name: 'Home', via: 'none', server: '', url: '', broker: '', entities: 'mqtt', language: '', version: 1 },
  ...PALETTE_TYPES.map((type, index) => ({
    ...source,
    id: type,
    type,
    z: 'tab',
    name: '',
    account: ACCOUNT,
    home: HOME,
    groups: [],
    metrics: [],
    families: [],
    events: ['create', 'update', 'delete'],
    range: 'days',
    version: 1,
    x: 140 + 240 * (index % 3),
    y: 80 + 60 * Math.floor(index / 3),
    wires: [[]],
    ...(type === 'oura-statistics' && { start: '' }),
  })),
];
