const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A date-time of the API as epoch ms; one without a zone is meant as UTC. null = it is none. */
export function instantOf(text: string): number | null {
  const trimmed = text.trim();
  const ms = Date.parse(HAS_ZONE.test(trimmed) ? trimmed : `${trimmed}Z`);
  return Number.isNaN(ms) ? null : ms;
}
