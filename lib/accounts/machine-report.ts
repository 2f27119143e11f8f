import { performance } from 'node:perf_hooks';

/** The machine and process that this runs on, for diagnostics. Nothing of it says whose machine it is. */
export function machineReport(): Readonly<Record<string, unknown>> {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { utilization } = performance.eventLoopUtilization();
  return {
    node: process.version,
    sqlite: process.versions['sqlite'] ?? null,
    platform: process.platform,
    arch: process.arch,
    uptimeSeconds: Math.round(process.uptime()),
    memoryBytes: { rss, heapUsed, heapTotal, external },
    /** Share of its life that the event loop was busy, 0 to 1. */
    eventLoopBusy: Number(utilization.toFixed(4)),
  };
}
