/** Roughly standard normal from three draws of a stream: cheap, bounded by +/- 3, mean 0, variance 1. */
export function spread(random: () => number): number {
  return (random() + random() + random() - 1.5) * 2;
}
