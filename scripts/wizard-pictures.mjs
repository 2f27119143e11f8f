import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Ours is a part of the dialog: what Node-RED puts above and below it. */
const FRAME = 265;
const WIDTH = 1280;

/**
 * Walks the set-up of an account against a stand-in of Oura and takes a picture of each step.
 * @param scene opens the editor: `(options, play) => Promise`
 * @param save keeps a picture: `(page, name, target) => Promise`
 */
export async function wizardPictures(scene, save) {
  const cloud = spawn(process.execPath, [path.join(root, 'dist/simulator.js'), '--seed', 'anna'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { url, controlUrl, clients } = JSON.parse(await firstLine(cloud));
    const scopes = ['personal', 'daily', 'heartrate', 'workout', 'tag', 'session', 'spo2', 'stress', 'heart_health'];
    await fetch(`${controlUrl}/set_consent`, { method: 'POST', body: JSON.stringify({ scopes }) });
    const [client] = clients;
    await scene({}, (page) => signIn(page, { url, client, take: (name) => taken(page, save, `wizard-${name}`) }));
    await scene({ dark: true }, async (page) => {
      await add(page, 'Anna');
      await next(page, 'application');
      await taken(page, save, 'wizard-application-dark');
    });
    await scene({}, (page) => token(page, save));
    await scene({}, (page) => elsewhere(page, save));
  } finally {
    cloud.kill();
  }
}

/** The whole way of a new account, with a secret that is wrong at first, up to its state after the Deploy. */
async function signIn(page, { url, client, take }) {
  await add(page, 'Anna');
  await take('who');
  await next(page, 'application');
  await page.fill('#node-config-input-clientId', client.clientId);
  await page.fill('#node-config-input-clientSecret', 'wrong-secret');
  await take('application');
  await page.click('#oura-advanced > summary');
  await page.fill('#node-config-input-apiBase', url);
  await page.click('#oura-advanced > summary');
  await page.click('#oura-next');
  await page.locator('#oura-error-clientSecret').waitFor();
  await take('refused');
  await page.fill('#node-config-input-clientSecret', client.clientSecret);
  await next(page, 'authorise');
  await page.locator('#oura-sign-in-state p').waitFor();
  await take('authorise');
  await Promise.all([page.waitForEvent('popup'), page.click('#oura-sign-in')]);
  await page.locator('#oura-sign-in-state', { hasText: 'Signed in.' }).waitFor();
  await take('signed-in');
  await next(page, 'test');
  await page.locator('#oura-test table').waitFor();
  await take('test');
  await next(page, 'keep');
  await take('keep');
  await next(page, 'done');
  await take('done');
  await page.click('#node-config-dialog-ok');
  await page.click('#node-dialog-ok');
  await page.waitForFunction(() => document.querySelector('#red-ui-editor-stack .red-ui-tray') === null);
  await page.click('#red-ui-header-button-deploy');
  await page.waitForFunction(() => !RED.nodes.dirty());
  await page.evaluate(() => {
    RED.nodes.eachConfig(({ type, id, name }) => type !== 'oura-account' || name !== 'Anna' || RED.editor.editConfig('', type, id));
  });
  await page.locator('#oura-state', { hasText: 'connected' }).waitFor();
  await take('account');
}

async function token(page, save) {
  await add(page, 'Anna');
  await page.selectOption('#node-config-input-mode', 'token');
  await next(page, 'token');
  await taken(page, save, 'wizard-token');
}

/** The redirect address where Node-RED is opened without https by a name that is not of the own machine. */
async function elsewhere(page, save) {
  await page.goto(page.url().replace('127.0.0.1', 'nas.localhost')); // leads here too
  await page.waitForFunction(() => document.querySelectorAll('#red-ui-palette-container-oura .red-ui-palette-node').length > 5);
  await page.waitForFunction(() => document.querySelectorAll('.red-ui-flow-node').length > 5);
  await add(page, 'Anna');
  await next(page, 'application');
  await page.locator('#oura-redirect-notes button').waitFor();
  await taken(page, save, 'wizard-elsewhere');
}

/** Opens the dialog of a new account from that of a node. */
async function add(page, name) {
  await page.evaluate(() => RED.editor.edit(RED.nodes.filterNodes({ type: 'oura-daily-sleep' })[0]));
  await page.click('#node-input-btn-account-add');
  await page.locator('#oura-wizard').waitFor();
  await page.waitForFunction(() => document.getElementById('red-ui-editor-stack').style.zIndex === '13');
  await page.fill('#node-config-input-name', name);
}

async function next(page, step) {
  await page.click('#oura-next');
  await page.locator(`.oura-panel[data-step=${step}]`).waitFor();
}

/** Takes a picture of the dialog, as high as what is in it. */
async function taken(page, save, name) {
  const height = await page.locator('#oura-wizard').evaluate((wizard) => Math.ceil(wizard.getBoundingClientRect().height));
  await page.setViewportSize({ width: WIDTH, height: Math.max(height + FRAME, 520) });
  await page.evaluate(() => {
    document.activeElement.blur();
    document.getElementById('oura-wizard').scrollIntoView();
  });
  await save(page, name, page.locator('.red-ui-tray-wrapper').last());
}

/** What a program says first. */
function firstLine({ stdout }) {
  return new Promise((resolve, reject) => {
    let output = '';
    stdout.on('data', (chunk) => {
      output += chunk;
      const end = output.indexOf('\n');
      if (end >= 0) resolve(output.slice(0, end));
    });
    stdout.on('end', () => reject(new Error(`It ended: ${output}`)));
  });
}
