// The demo: a real Node-RED with a simulated ring and an MQTT broker, in the project's own folder `.demo`.
import { Aedes } from 'aedes';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const userDir = process.env.OURA_DEMO_DIR ?? path.join(root, '.demo');
const moduleDir = path.join(userDir, 'node_modules/@oura-flows');
const FIRST_PORT = 1880;
const LAST_PORT = 1899;

mkdirSync(moduleDir, { recursive: true });
for (const file of ['settings.cjs', 'flows.json']) {
  if (!existsSync(path.join(userDir, file))) copyFileSync(path.join(root, 'demo', file), path.join(userDir, file));
}
if (!existsSync(path.join(moduleDir, 'node-red-oura'))) symlinkSync(root, path.join(moduleDir, 'node-red-oura'), 'junction');

const aedes = await Aedes.createBroker();
const broker = createServer(aedes.handle);
const mqttPort = await listen(broker, 0);
const port = process.env.PORT === undefined ? await freePort() : Number(process.env.PORT);
process.stdout.write(`Oura demo: http://127.0.0.1:${port}/   (MQTT broker on port ${mqttPort}; Ctrl-C ends it)\n`);

const nodeRed = spawn(
  process.execPath,
  [
    path.join(root, 'node_modules/node-red/red.js'),
    '--userDir',
    userDir,
    '--settings',
    path.join(userDir, 'settings.cjs'),
    '--port',
    String(port),
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, DEMO_MQTT_PORT: String(mqttPort) },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => nodeRed.kill(signal));
nodeRed.on('exit', (code) => {
  broker.close();
  aedes.close(() => process.exit(code ?? 0));
});

/** The first free port from Node-RED's usual one on. */
async function freePort() {
  for (let candidate = FIRST_PORT; candidate <= LAST_PORT; candidate += 1) {
    const probe = createServer();
    try {
      await listen(probe, candidate);
      await new Promise((resolve) => probe.close(resolve));
      return candidate;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No free port between ${FIRST_PORT} and ${LAST_PORT}; choose one with PORT=...`);
}

function listen(server, wanted) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => resolve(server.address().port));
  });
}
