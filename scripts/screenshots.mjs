// Makes the pictures of the documentation from the running demo (`npm run screenshots`). Needs Chromium.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const images = path.join(root, 'docs/images');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) throw new Error('Chromium is missing: install it, or name it in CHROMIUM_PATH.');
mkdirSync(images, { recursive: true });

const port = 1897;
const folder = mkdtempSync(path.join(os.tmpdir(), 'oura-demo-'));
const demo = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
  env: { ...process.env, PORT: String(port), OURA_DEMO_DIR: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const started = new Promise((resolve) => {
  demo.stdout.on('data', (chunk) => {
    if (chunk.includes('Started flows')) resolve();
  });
});
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const browser = await chromium.launch({ executablePath, args: flags });
try {
  await started;
  await shoot(await pageOf(1360, 760), demoFlow);
  for (const [name, dark] of [
    ['light', false],
    ['dark', true],
  ])
    await shoot(await pageOf(1100, 700, dark), (page) => sourceDialog(page, name));
  await shoot(await pageOf(1100, 820), accountDialog);
} finally {
  await browser.close();
  demo.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function shoot(page, scene) {
  await scene(page);
  await page.context().close();
}

async function pageOf(width, height, dark = false) {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(
    () => typeof RED !== 'undefined' && RED.nodes?.node !== undefined && document.querySelectorAll('.red-ui-flow-node').length > 5,
  );
  if (dark) {
    await page.evaluate(() => RED.actions.invoke('core:set-theme-dark'));
    await page.evaluate(() => document.documentElement.classList.add('nr-theme-dark'));
  }
  return page;
}

async function demoFlow(page) {
  await page.evaluate(() => RED.sidebar.show('debug'));
  const count = () => page.evaluate(() => document.querySelectorAll('.red-ui-debug-msg').length);
  await page.evaluate(() => {
    for (const name of ['next morning', 'the last seven days']) {
      const { id } = RED.nodes.filterNodes({ type: 'inject' }).find((node) => node.name === name);
      $.post(`inject/${id}`);
    }
  });
  const isFresh = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.red-ui-flow-node-status-label')].some((label) => /^\d{4}-/.test(label.textContent)),
    );
  while ((await count()) < 6 || !(await isFresh())) await page.waitForTimeout(100);
  await page.evaluate(() => {
    for (const header of document.querySelectorAll('.red-ui-palette-header'))
      if (!header.closest('#red-ui-palette-container-oura')) header.click();
  });
  await page.evaluate(() => RED.view.select());
  await page.screenshot({ path: path.join(images, 'demo-flow.png') });
  const message = page.locator('.red-ui-debug-msg', { hasText: 'node: changes' }).filter({ hasText: 'daily_sleep' }).last();
  await message.scrollIntoViewIfNeeded();
  await message.locator('.red-ui-debug-msg-object-handle').first().click();
  for (const key of ['payload', 'oura'])
    await message
      .locator('.red-ui-debug-msg-object-entry', { hasText: new RegExp(`^\\s*${key}:`) })
      .first()
      .locator('.red-ui-debug-msg-object-handle')
      .first()
      .click();
  await page.setViewportSize({ width: 1360, height: 1700 });
  await message.scrollIntoViewIfNeeded();
  await message.screenshot({ path: path.join(images, 'message.png') });
}

async function sourceDialog(page, theme) {
  await page.evaluate(() => RED.editor.edit(RED.nodes.filterNodes({ type: 'oura-daily-sleep' })[0]));
  await page.locator('#node-input-output').waitFor({ state: 'visible' });
  await page.selectOption('#node-input-output', 'both');
  await page.selectOption('#node-input-select', 'range');
  await page.waitForTimeout(600);
  await page
    .locator('.red-ui-editor-stack, .red-ui-tray')
    .last()
    .screenshot({ path: path.join(images, `source-${theme}.png`) });
}

async function accountDialog(page) {
  await page.evaluate(() => RED.editor.edit(RED.nodes.filterNodes({ type: 'oura-daily-sleep' })[0]));
  await page.locator('#node-input-btn-account-edit, #node-input-lookup-account').first().click();
  await page.locator('#node-config-input-mode').waitFor({ state: 'visible' });
  await page.waitForTimeout(600);
  await page
    .locator('.red-ui-tray')
    .last()
    .screenshot({ path: path.join(images, 'account.png') });
}
