/** An entry of Home Assistant's log, with what follows its first line. */
export interface LogEntry {
  readonly level: string;
  /** Such as `homeassistant.components.mqtt.mixins`. */
  readonly logger: string;
  readonly text: string;
}

const FIRST_LINE = /^\S*\d{4}-\d\d-\d\d [\d:.]+(?:[+-]\d\d:\d\d)? (?<level>[A-Z]+) \(\w+(?: \w+)*\) \[(?<logger>[^\]]+)\] (?<text>.*)$/;
const COMPLAINTS = ['WARNING', 'ERROR', 'CRITICAL'];

/** The entries of what Home Assistant has said. */
export function logEntries(lines: readonly string[]): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of lines) {
    const { level, logger, text } = FIRST_LINE.exec(line)?.groups ?? {};
    if (level !== undefined && logger !== undefined && text !== undefined) {
      entries.push({ level, logger, text });
      continue;
    }
    const last = entries.pop();
    if (last !== undefined) entries.push({ ...last, text: `${last.text}\n${line}` });
  }
  return entries;
}

/** Entries that warn or report an error. */
export function complaintsOf(lines: readonly string[]): readonly LogEntry[] {
  return logEntries(lines).filter(({ level }) => COMPLAINTS.includes(level));
}
