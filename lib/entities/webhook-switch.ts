import type { Settings } from '../ports/settings';
import type { SharedPersons } from './shared-persons';

/** The switch by which a person turns webhooks on and off. */
export function webhookSwitch(
  persons: SharedPersons,
  settings: Settings,
): { readonly isOn: () => boolean; readonly follow: (hear: () => void) => () => void } {
  const { controls } = persons.of(settings);
  return {
    isOn: () => controls.isOn('webhooks'),
    follow: (hear) =>
      controls.changes.add(({ key }) => {
        if (key === 'webhooks') hear();
      }),
  };
}
