// Finds and starts the Chromium that the browser test and the pictures of the documentation need.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns the path of a Chromium: CHROMIUM_PATH, one on the PATH, or one in a usual place @throws when there is none */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH ?? '';
  if (named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no program.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const found = [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...USUAL].find(isProgram);
  if (found !== undefined) return found;
  throw new Error('There is no Chromium. Install one (Debian: apt install chromium), or name its program in CHROMIUM_PATH.');
}

/** @returns a headless Chromium, for the caller to close */
export function launchChromium() {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
