// Loaded into Node-RED by NODE_OPTIONS: notes every quarter of a second how late the event loop was, one line of JSON each.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const EVERY_MS = 250;
const RESOLUTION_MS = 5;
const file = process.env.BENCH_LOOP_FILE;

// Not in workers nor in programs that Node-RED starts.
if (file !== undefined && isMainThread && process.argv[1]?.endsWith('red.js')) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  setInterval(() => {
    if (delays.count > 0) appendFileSync(file, `${JSON.stringify({ at: Date.now(), maxMs: delays.max / 1e6 })}\n`);
    delays.reset();
  }, EVERY_MS).unref();
}
