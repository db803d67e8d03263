import type { AuditMessage } from '../../kernel/audit.js';

/**
 * The messages about the domains that a process made, with who asked: the audit is of the whole
 * machine.
 *
 * @param executable - its program when it made them; without it, whichever that was.
 */
export function aboutDomainOf(
  leader: number,
  messages: readonly AuditMessage[],
  executable?: string,
): readonly AuditMessage[] {
  const by = executable === undefined ? '' : ` exe="${executable}" `;
  const domains = messages
    .filter(({ text }) => text.includes('status=allocated') && text.includes(` pid=${leader} `))
    .filter(({ text }) => text.includes(by))
    .map(({ text }) => / (domain=[0-9a-f]+) /.exec(text)?.[1] ?? '');
  const own = messages.filter(({ text }) => domains.some((domain) => text.includes(`${domain} `)));
  const events = new Set(own.map(eventOf));
  return messages.filter((message) => events.has(eventOf(message)));
}

function eventOf({ text }: AuditMessage): string {
  return text.slice(0, text.indexOf(')'));
}
