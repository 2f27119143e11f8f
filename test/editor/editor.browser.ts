import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mjs';
import type { NodeRedModule, RealNodeRed } from '../support/real-node-red';
import { startLinked } from './support/linked-node-red';
import { ONE_OF_EACH, type Rig } from './support/rig';
import { describeDialogs } from './suites/dialogs';
import { describePalette } from './suites/palette';

const HAS_DARK: Readonly<Record<NodeRedModule, boolean>> = { 'node-red': true, 'node-red-4': false };

for (const module of ['node-red', 'node-red-4'] as const) {
  describe(`the editor of a real ${module}`, function () {
    this.timeout(120_000);
    const rig: { -readonly [key in keyof Rig]?: Rig[key] } & { module: NodeRedModule } = { module };
    let browser: Browser;
    let nodeRed: RealNodeRed;
    before(async () => {
      [browser, nodeRed] = await Promise.all([launchChromium(), startLinked(module, ONE_OF_EACH)]);
      Object.assign(rig, { browser, nodeRed });
    });
    after(async () => {
      await browser.close();
      await nodeRed.clear();
    });
    const filled = rig as Rig; // its parts come before the first test
    for (const dark of HAS_DARK[module] ? [false, true] : [false]) {
      describePalette(filled, dark);
      describeDialogs(filled, dark);
    }
  });
}
