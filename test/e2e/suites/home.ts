import type { Wanted } from '../../../scripts/home-assistant/versions';
import { withHome } from '../support/with-home';
import { describeConnection } from './connection';
import { describeEntities } from './entities';
import { describeDiscovery } from './discovery';
import { describeStatistics } from './statistics';
import { describeSurroundings } from './surroundings';

/** Everything that is tested with one version of Home Assistant, in one home, suite by suite. */
export function describeHome(wanted: Wanted): void {
  describe(`in a home with a real Home Assistant, ${wanted}`, function () {
    this.timeout(300_000);
    const home = withHome(wanted);
    describeSurroundings(home);
    describeEntities(home);
    describeConnection(home);
    describeDiscovery(home);
    describeStatistics(home);
  });
}
