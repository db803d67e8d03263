import { PathArgument } from './path-argument.js';
import {
  changeWords,
  deviceWords,
  inodeWords,
  STATX_CTIME,
  STATX_INO,
  STATX_SIZE,
  sizeWords,
  statusAt,
  statxWorks,
} from './statx.js';

/**
 * What tells a file from any other, and from itself after a change of its bytes, mode or owner.
 * Undefined where there is none, where it cannot be told, and where the last change was a moment ago:
 * the kernel's clock for these moves by milliseconds, and a change beside it would not be seen.
 */
export function stampAt(path: string): string | undefined {
  if (!statxWorks() || !argument.hold(path)) return undefined;
  const status = statusAt(argument, true, STATX_INO | STATX_SIZE | STATX_CTIME);
  if (status === undefined) return undefined;
  const seconds = status[changeWords] as number;
  if (Math.abs(Date.now() / 1000 - seconds) < aMoment) return undefined;
  const [inode, inodeHigh] = status.subarray(inodeWords);
  const [size, sizeHigh] = status.subarray(sizeWords);
  const [major, minor] = status.subarray(deviceWords);
  const nanoseconds = status[changeWords + 2];
  return `${major}:${minor} ${inodeHigh}:${inode} ${sizeHigh}:${size} ${seconds}.${nanoseconds}`;
}

const argument = new PathArgument();
/** Seconds. */
const aMoment = 2;
