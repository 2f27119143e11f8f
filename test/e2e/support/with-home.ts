import type { Wanted } from '../../../scripts/home-assistant/versions';
import { packedPackage, type PackedPackage } from '../../support/packed-package';
import { Home, type HomeOptions } from './home';

/** Starts a home before the tests of a suite and clears it after them. @returns the home, for use in tests */
export function withHome(wanted: Wanted, options: HomeOptions = {}): () => Home {
  let packed: PackedPackage | undefined;
  let home: Home | undefined;
  before(async () => {
    packed = packedPackage();
    home = await Home.start(wanted, packed, options);
  });
  after(async () => {
    await home?.clear();
    packed?.clear();
  });
  return () => {
    if (home === undefined) throw new Error('the home is not there yet');
    return home;
  };
}
