import { errorName } from '../../kernel/libc.js';
import { syscallNameOf } from '../../kernel/syscall-numbers.js';
import type { Asker } from '../../landlock/denial.js';
import { type Fields, plain, untrustedPath } from './fields.js';

/** Who asked, by the fields of a SYSCALL record, and by what auditd has made of them. */
export function askerOf(fields: Fields, enriched: Fields): Asker {
  const process = Number(plain(fields, 'pid'));
  return {
    process: Number.isInteger(process) ? process : undefined,
    executable: untrustedPath(fields, 'exe'),
    call: plain(enriched, 'SYSCALL') ?? callName(fields),
    result: resultName(plain(fields, 'exit')),
  };
}

export const nobodyKnown: Asker = {
  process: undefined,
  executable: undefined,
  call: undefined,
  result: undefined,
};

/** The rights that opening a file asks for, by the call's flags: none for another call. */
export function useOfOpened(call: string | undefined, fields: Fields): readonly string[] {
  if (call === 'creat') return ['fs.write_file'];
  const flags = Number.parseInt(
    (call === 'openat' ? plain(fields, 'a2') : call === 'open' ? plain(fields, 'a1') : '') ?? '',
    16,
  );
  if (Number.isNaN(flags)) return [];
  return uses[flags & O_ACCMODE] ?? [];
}

// Not among Node's constants: include/uapi/asm-generic/fcntl.h.
const O_ACCMODE = 3;
const uses = [['fs.read_file'], ['fs.write_file'], ['fs.write_file', 'fs.read_file']];

/** A number, unless ausearch has interpreted it. */
function callName(fields: Fields): string | undefined {
  const call = plain(fields, 'syscall');
  if (call === undefined || !/^\d+$/.test(call)) return call;
  return syscallNameOf(Number.parseInt(plain(fields, 'arch') ?? '', 16), Number(call));
}

/** `-13`, or interpreted, `EACCES(Permission denied)`. */
function resultName(exit: string | undefined): string | undefined {
  if (exit === undefined) return undefined;
  if (/^-\d+$/.test(exit)) return errorName(-Number(exit));
  return /^(E[A-Z0-9]+)\(/.exec(exit)?.[1];
}
