import type { Denial, DeniedObject } from '../../landlock/denial.js';
import { type Fields, plain, untrusted, untrustedPath } from './fields.js';

/** What a record says that is one of Landlock's, or why it cannot be read, as a sentence's end. */
export type Reading = Omit<Denial, 'asker'> | { readonly malformed: string };

/** Reads the fields of a LANDLOCK_ACCESS record (security/landlock/audit.c). */
export function denialOf(fields: Fields): Reading {
  const domain = plain(fields, 'domain');
  const blockers = plain(fields, 'blockers')?.split(',');
  if (domain === undefined || !/^[0-9a-f]+$/.test(domain)) {
    return { malformed: 'it has no "domain="' };
  }
  if (blockers === undefined) return { malformed: 'it has no "blockers="' };
  const strange = blockers.find(
    (blocker) => !/^(?:(?:fs|net|scope)\.[a-z_]+|ptrace)$/.test(blocker),
  );
  if (strange !== undefined) return { malformed: `"${strange}" is no blocker` };
  const object = objectOf(blockers[0] ?? '', fields);
  return object === undefined
    ? { malformed: `it does not say where ${blockers.join(', ')} was missing` }
    : { domain, blockers, object };
}

/** The kernel leaves a port out that is 0. */
function objectOf(blocker: string, fields: Fields): DeniedObject | undefined {
  if (blocker.startsWith('fs.')) return pathOf(fields);
  if (blocker.startsWith('net.')) {
    const port = Number(plain(fields, blocker.startsWith('net.bind') ? 'src' : 'dest') ?? 0);
    return Number.isInteger(port) ? { kind: 'port', port } : undefined;
  }
  if (blocker === 'scope.abstract_unix_socket') {
    const name = untrustedPath(fields, 'path');
    return name === undefined ? undefined : { kind: 'abstract-socket', name: name.slice(1) };
  }
  const id = Number(plain(fields, 'opid'));
  const name = untrustedPath(fields, 'ocomm') ?? '';
  return Number.isInteger(id) ? { kind: 'process', id, name } : undefined;
}

function pathOf(fields: Fields): DeniedObject | undefined {
  const path = untrustedPath(fields, 'path');
  if (path === undefined || !path.startsWith('/')) return undefined;
  const inode = plain(fields, 'ino');
  return { kind: 'path', path, device: untrusted(fields, 'dev'), inode };
}
