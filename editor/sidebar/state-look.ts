import type { StateView } from '../../lib/accounts/wire';

/** How a state looks beside its word: an icon of its own and a colour. */
export interface StateLook {
  readonly icon: `fa-${string}`;
  readonly tone: 'good' | 'busy' | 'wait' | 'bad';
}

const LOOKS: Readonly<Record<string, StateLook>> = {
  starting: { icon: 'fa-hourglass-start', tone: 'busy' },
  syncing: { icon: 'fa-download', tone: 'busy' },
  connected: { icon: 'fa-check-circle', tone: 'good' },
  waiting: { icon: 'fa-clock-o', tone: 'wait' },
  offline: { icon: 'fa-chain-broken', tone: 'wait' },
  sign_in: { icon: 'fa-key', tone: 'bad' },
  membership: { icon: 'fa-credit-card', tone: 'bad' },
  refused: { icon: 'fa-ban', tone: 'bad' },
};

/** The look of an account's state. */
export function stateLook({ kind }: StateView): StateLook {
  return LOOKS[kind] ?? { icon: 'fa-question-circle', tone: 'wait' };
}
