import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** What a piece of work cost its process. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of all threads. */
  readonly cpuMs: number;
  /** Largest resident size of the process until the end, MiB. */
  readonly peakMiB: number;
  /** How late the event loop was, 99th percentile and longest, ms. */
  readonly blockP99Ms: number;
  readonly blockMaxMs: number;
  /** Part of the time in which the loop had nothing to do, 0 to 1. */
  readonly idle: number;
}

const RESOLUTION_MS = 1;

/** Does the work and says what it cost. */
export async function measured(work: () => Promise<void>): Promise<Cost> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  delays.enable();
  const startedAt = performance.now();
  await work();
  const wallMs = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS)); // so that a last block is seen
  delays.disable();
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallMs,
    cpuMs: (user + system) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    blockP99Ms: delays.percentile(99) / 1e6,
    blockMaxMs: delays.max / 1e6,
    idle: 1 - performance.eventLoopUtilization(loop).utilization,
  };
}

/** Hands figures to the program that started this one. */
export function report(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
