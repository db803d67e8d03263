import { pathFromByteString } from '../../kernel/path-bytes.js';
import type { Denial, DeniedObject } from '../../landlock/denial.js';
import { nobodyKnown } from './asker-of.js';
import { type Fields, fieldsOf, plain } from './fields.js';

/**
 * Reads a line of the kernel's tracepoints for denials (Linux 7.3, include/trace/events/landlock.h)
 * as trace_pipe and trace-cmd print it.
 *
 * @returns undefined for any other line.
 */
export function tracedDenial(line: string): Denial | { readonly malformed: string } | undefined {
  const [, task = '', event = '', body = ''] = tracepointLine.exec(line) ?? [];
  const kind = events[event];
  if (kind === undefined) return undefined;
  const fields = fieldsOf(body);
  const domain = plain(fields, 'domain');
  const names = plain(fields, 'blockers')?.split('|');
  const object = domain === undefined ? undefined : kind.object(fields);
  if (domain === undefined || object === undefined) {
    return { malformed: `it does not say what was denied` };
  }
  const process = /-(\d+)\s*(?:\(|\[|$)/.exec(task)?.[1];
  return {
    domain,
    blockers: names?.map((name) => `${kind.prefix}.${name}`) ?? [kind.prefix],
    object,
    asker: { ...nobodyKnown, process: process === undefined ? undefined : Number(process) },
  };
}

const tracepointLine = /^(.*?)\blandlock_(deny_[a-z_]+): (.*)$/;

interface TracedKind {
  /** What stands before a blocker's name; the whole blocker where the event names none. */
  readonly prefix: string;
  readonly object: (fields: Fields) => DeniedObject | undefined;
}

const events: Readonly<Record<string, TracedKind>> = {
  deny_access_fs: { prefix: 'fs', object: path },
  deny_access_net: { prefix: 'net', object: port },
  deny_ptrace: { prefix: 'ptrace', object: (fields) => process(fields, 'tracee') },
  deny_scope_signal: { prefix: 'scope.signal', object: (fields) => process(fields, 'target') },
  deny_scope_abstract_unix_socket: { prefix: 'scope.abstract_unix_socket', object: socket },
};

function path(fields: Fields): DeniedObject | undefined {
  const text = plain(fields, 'path');
  if (text === undefined || !text.startsWith('/')) return undefined;
  const device = plain(fields, 'dev');
  return {
    kind: 'path',
    path: unescaped(text),
    device,
    inode: plain(fields, 'ino'),
  };
}

/** The port that the blocker is about; the other one is 0. */
function port(fields: Fields): DeniedObject | undefined {
  const bind = plain(fields, 'blockers')?.startsWith('bind') === true;
  const number = Number(plain(fields, bind ? 'sport' : 'dport'));
  return Number.isInteger(number) ? { kind: 'port', port: number } : undefined;
}

function process(fields: Fields, role: string): DeniedObject | undefined {
  const id = Number(plain(fields, `${role}_pid`));
  const name = unescaped(plain(fields, `${role}_comm`) ?? '');
  return Number.isInteger(id) ? { kind: 'process', id, name } : undefined;
}

function socket(fields: Fields): DeniedObject | undefined {
  return { kind: 'abstract-socket', name: unescaped(plain(fields, 'sun_path') ?? '') };
}

/** What string_escape_mem() of the kernel has escaped. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\([0-7]{3}|[nrtvfae"\\])/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
  );
  return pathFromByteString(bytes);
}

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  f: '\f',
  a: '\x07',
  e: '\x1b',
};
