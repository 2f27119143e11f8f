import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../scripts/chromium.mjs';
import type { NodeRedModule, RealNodeRed } from '../../support/real-node-red';
import { startLinked } from '../support/linked-node-red';
import { startMqttBroker, type MqttBroker } from '../support/mqtt-broker';
import { ONE_OF_EACH, type Rig } from '../support/rig';
import { CLIENT } from '../support/stand-in';
import { describeAccessibility } from './accessibility';
import { describeAccount } from './account';
import { describeDemo } from './demo';
import { describeDialogs } from './dialogs';
import { describeGuarded } from './guarded';
import { describeHomeDialog } from './home';
import { describeManage } from './manage';
import { describePalette } from './palette';
import { describeSidebar } from './sidebar';
import { describeSource } from './source';
import { describeWebhooks } from './webhooks';
import { describeWizard } from './wizard';

const HAS_DARK: Readonly<Record<NodeRedModule, boolean>> = { 'node-red': true, 'node-red-4': false };

/** Everything that is tested in the editor of one version of Node-RED. */
export function describeEditor(module: NodeRedModule): void {
  describe(`the editor of a real ${module}`, () => {
    const rig: { -readonly [key in keyof Rig]?: Rig[key] } & { module: NodeRedModule } = { module };
    let browser: Browser | undefined;
    let nodeRed: RealNodeRed | undefined;
    let broker: MqttBroker | undefined;
    before(async () => {
      broker = await startMqttBroker();
      const environment = {
        DEMO_MQTT_PORT: broker.port.toString(),
        OURA_CLIENT_ID: CLIENT.clientId,
        OURA_CLIENT_SECRET: CLIENT.clientSecret,
      };
      const started = startLinked(module, ONE_OF_EACH, environment);
      [browser, nodeRed] = await Promise.all([launchChromium(), started]);
      Object.assign(rig, { browser, nodeRed });
    });
    after(async () => {
      await browser?.close();
      await nodeRed?.clear();
      await broker?.close();
    });
    const filled = rig as Rig; // its parts come before the first test
    for (const dark of HAS_DARK[module] ? [false, true] : [false]) {
      describePalette(filled, dark);
      describeDialogs(filled, dark);
      describeAccessibility(filled, dark);
      describeHomeDialog(filled, dark);
      describeWebhooks(filled, dark);
    }
    describeAccount(filled);
    describeSource(filled);
    describeSidebar(filled);
    describeDemo(filled);
    describeWizard(filled);
    describeManage(filled);
    describeGuarded(filled);
  });
}
