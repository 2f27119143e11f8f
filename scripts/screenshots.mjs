// Makes the pictures of the documentation from the running demo (`npm run screenshots`). Needs Chromium.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { indexedPng } from './indexed-png.mjs';
import { wizardPictures } from './wizard-pictures.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const images = path.join(root, 'docs/images');
const MOST_BYTES = 150_000;
const PATIENCE_MS = 120_000;
mkdirSync(images, { recursive: true });

const browser = await launchChromium();
const folder = mkdtempSync(path.join(os.tmpdir(), 'oura-demo-'));
const demo = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
  env: { ...process.env, OURA_DEMO_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => demo.on('exit', resolve));
try {
  const url = await started();
  await scene(url, { width: 1280, height: 960 }, demoFlow);
  await scene(url, { width: 1280, height: 1300 }, palette);
  await scene(url, { width: 1280, height: 1700 }, message);
  await scene(url, { width: 1280, height: 640 }, (page) => sourceDialog(page, 'source-light'));
  await scene(url, { width: 1280, height: 640, dark: true }, (page) => sourceDialog(page, 'source-dark'));
  await scene(url, { width: 1280, height: 700 }, accountDialog);
  await scene(url, { width: 1280, height: 1240 }, sidebar);
  await wizardPictures((options, play) => scene(url, { width: 1280, height: 900, ...options }, play), save);
} finally {
  await browser.close();
  demo.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves with the demo's address when its flows run. */
function started() {
  return new Promise((resolve, reject) => {
    let output = '';
    demo.stdout.on('data', (chunk) => {
      output += chunk;
      const url = /Oura demo: (\S+)/.exec(output)?.[1];
      if (url !== undefined && output.includes('Started flows')) resolve(url);
    });
    demo.on('exit', () => reject(new Error(`The demo ended:\n${output}`)));
  });
}

async function scene(url, { width, height, dark = false }, play) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US' });
  await context.addInitScript(`localStorage.setItem('view-dark-theme', '${dark ? 'dark' : 'light'}')`);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.waitForFunction(() => document.querySelectorAll('.red-ui-flow-node').length > 5);
  await page.waitForFunction(() => document.querySelectorAll('#red-ui-palette-container-oura .red-ui-palette-node').length > 5);
  for (const name of ['explorer', 'info']) {
    const shown = page.locator(`button[data-tab-id=${name}].selected`); // the server remembers what is hidden
    if ((await shown.count()) > 0) await shown.click();
  }
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.red-ui-flow-node-status-label')].some(({ textContent }) => /^\d{4}-/.test(textContent)),
  );
  await play(page);
  await context.close();
}

/** @param target the page, or a part of it */
async function save(page, name, target = page) {
  await page.mouse.move(640, 0); // nothing there that explains itself
  await page.waitForFunction(() => document.querySelector('.red-ui-popover, .red-ui-notification') === null);
  const png = indexedPng(await target.screenshot());
  if (png.length > MOST_BYTES) throw new Error(`${name}.png has ${png.length} bytes.`);
  writeFileSync(path.join(images, `${name}.png`), png);
}

/** Leaves only our category open, as a person who looks for our nodes. */
async function openOura(page) {
  const others = page.locator('.red-ui-palette-open:not(#red-ui-palette-container-oura) > .red-ui-palette-header');
  while ((await others.count()) > 0) await others.first().click();
  await page.waitForFunction(() => $(':animated').length === 0);
}

async function demoFlow(page) {
  await openOura(page);
  for (const [button, debug] of [
    ['next morning', 'what changed'],
    ['the last seven days', 'scores'],
  ]) {
    await press(page, button);
    await page
      .locator('.red-ui-debug-msg', { hasText: `node: ${debug}` })
      .first()
      .waitFor();
  }
  await save(page, 'demo-flow');
}

async function palette(page) {
  await openOura(page);
  await save(page, 'palette', page.locator('#red-ui-palette-container-oura'));
}

async function message(page) {
  await press(page, 'next morning');
  const found = page.locator('.red-ui-debug-msg', { hasText: 'oura/demo/daily_sleep : msg : Object' }).last();
  await found.locator('.red-ui-debug-msg-object-handle').first().click();
  for (const key of ['payload', 'oura']) {
    const entry = found.locator('.red-ui-debug-msg-object-entry', { hasText: new RegExp(`^\\s*${key}:`) });
    await entry.first().locator('.red-ui-debug-msg-object-handle').first().click();
  }
  await save(page, 'message', found);
}

async function sourceDialog(page, name) {
  await page.evaluate(() => RED.editor.edit(RED.nodes.filterNodes({ type: 'oura-daily-sleep' })[0]));
  await atRest(page);
  await page.selectOption('#node-input-output', 'both');
  await page.selectOption('#node-input-select', 'range');
  await save(page, name, page.locator('.red-ui-tray-wrapper').last());
}

async function accountDialog(page) {
  await page.evaluate(() => RED.nodes.eachConfig(({ type, id }) => type !== 'oura-account' || RED.editor.editConfig('', type, id)));
  await atRest(page);
  await save(page, 'account', page.locator('.red-ui-tray-wrapper').last());
}

async function sidebar(page) {
  await page.evaluate(() => void RED.actions.invoke('oura:show-sidebar'));
  await page.locator('button[data-tab-id=debug].selected').click(); // makes room
  const side = page.locator('.oura-side');
  await side.locator('.oura-state', { hasText: 'connected' }).waitFor();
  await side.getByRole('button', { name: 'Check everything' }).click();
  await side.locator('.oura-fine').waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await save(page, 'sidebar', side);
}

/** A dialog is at rest when its animation is over and it lies above everything else. */
async function atRest(page) {
  await page.waitForFunction(() => document.getElementById('red-ui-editor-stack').style.zIndex === '13');
  await page.evaluate(() => document.activeElement.blur());
}

async function press(page, name) {
  await page.evaluate((wanted) => {
    const { id } = RED.nodes.filterNodes({ type: 'inject' }).find((node) => node.name === wanted);
    document
      .getElementById(id)
      .querySelector('.red-ui-flow-node-button-button')
      .dispatchEvent(new MouseEvent('click', { bubbles: true }));
  }, name);
}
