import { constants } from 'node:fs';

/** The number of flags that are spelled `O_RDONLY|O_CREAT`. */
export function openFlags(words: string): number {
  return words.split('|').reduce((all, word) => all | numberOf(word), 0);
}

/** renameat2(2). */
export const renameFlags: Readonly<Record<string, number>> = {
  RENAME_NOREPLACE: 1,
  RENAME_EXCHANGE: 2,
  RENAME_WHITEOUT: 4,
};

/** ioctl(2): the number, and how /dev/null answers where Landlock lets the request pass. */
export const ioctlRequests: Readonly<Record<string, Request>> = {
  TCGETS: { number: 0x5401, exempt: false, end: 'ENOTTY' },
  TIOCGWINSZ: { number: 0x5413, exempt: false, end: 'ENOTTY' },
  FIONREAD: { number: 0x541b, exempt: false, end: 'ENOTTY' },
  FS_IOC_GETFLAGS: { number: 0x80086601, exempt: false, end: 'ENOTTY' },
  FIOCLEX: { number: 0x5451, exempt: true, end: 'ok' },
  FIONCLEX: { number: 0x5450, exempt: true, end: 'ok' },
  FIONBIO: { number: 0x5421, exempt: true, end: 'ok' },
  FIOASYNC: { number: 0x5452, exempt: true, end: 'ok' },
  FIOQSIZE: { number: 0x5460, exempt: true, end: 'ENOTTY' },
  FIGETBSZ: { number: 2, exempt: true, end: 'ok' },
  FS_IOC_FIEMAP: { number: 0xc020660b, exempt: true, end: 'EOPNOTSUPP' },
  FICLONE: { number: 0x40049409, exempt: true, end: 'EBADF' },
};

/** @throws RangeError for a request that is not known here. */
export function requestNamed(name: string): Request {
  const request = ioctlRequests[name];
  if (request === undefined) throw new RangeError(`${name} is no request that is known here`);
  return request;
}

interface Request {
  readonly number: number;
  readonly exempt: boolean;
  readonly end: string;
}

// include/uapi/asm-generic/fcntl.h; not all are among Node's constants.
const further: Readonly<Record<string, number>> = {
  O_ACCMODE: 3,
  O_PATH: 0o10000000,
  O_TMPFILE: 0o20000000 | constants.O_DIRECTORY,
};

function numberOf(word: string): number {
  const number = further[word] ?? constants[word as 'O_RDONLY'];
  if (number === undefined) throw new RangeError(`${word} is no flag of open(2)`);
  return number;
}
