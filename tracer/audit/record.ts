/** An audit record, whichever way it reached us. */
export interface AuditRecord {
  readonly type: RecordType;
  /** What the records of one system call have in common: time and serial number. */
  readonly event: string;
  /** The fields, as text. */
  readonly body: string;
  /** What auditd added to them in its own words (log_format = ENRICHED). */
  readonly enriched: string;
}

/** Those that tell something of a denial: include/uapi/linux/audit.h. */
export type RecordType = 'access' | 'domain' | 'syscall';

/**
 * Reads a line as an audit record: of auditd's log, of ausearch (`type=LANDLOCK_ACCESS msg=…`,
 * `type=UNKNOWN[1423]` by an older one), of the kernel log (`audit: type=1423 audit(…)`), or of the
 * kernel itself (`1423 audit(…)`).
 *
 * @returns undefined for a line that is none, or of a type that does not concern us.
 */
export function recordOf(line: string): AuditRecord | undefined {
  const [, kind = '', time, serial, text = ''] = recordLine.exec(line) ?? [];
  const type = types[kind];
  if (type === undefined) return undefined;
  const [body = '', enriched = ''] = text.split('\x1d');
  return { type, event: `${time}:${serial}`, body, enriched };
}

const recordLine =
  /(?:^|\s)(?:type=)?(?:UNKNOWN\[)?([A-Z_]+|\d+)\]?\s+(?:msg=)?audit\(([^)]*):(\d+)\)\s*:\s?(.*)$/;

const types: Readonly<Record<string, RecordType>> = {
  LANDLOCK_ACCESS: 'access',
  1423: 'access',
  LANDLOCK_DOMAIN: 'domain',
  1424: 'domain',
  SYSCALL: 'syscall',
  1300: 'syscall',
};
