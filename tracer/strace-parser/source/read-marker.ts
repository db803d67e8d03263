import { Cursor, remainder } from './cursor.js';
import type { Exit, Killed, SignalDelivery, Stop, Superseded } from './event.js';
import { nameAt } from './name.js';
import { own } from './own.js';
import type { Prefix } from './read-prefix.js';
import { readValue } from './read-value.js';

/** `--- SIGCHLD {...} ---`, `+++ exited with 0 +++` and the like; undefined if it is neither. */
export function readMarker(
  cursor: Cursor,
  line: number,
  prefix: Prefix,
): Exit | Killed | Superseded | SignalDelivery | Stop | undefined {
  const text = remainder(cursor).trimEnd();
  const where = { line, pid: prefix.pid, time: prefix.time };
  if (text.startsWith('+++ ') && text.endsWith(' +++')) return readEnd(text.slice(4, -4), where);
  if (text.startsWith('--- ') && text.endsWith(' ---')) return readSignal(text.slice(4, -4), where);
  return undefined;
}

type Where = Pick<Exit, 'line' | 'pid' | 'time'>;

function readEnd(text: string, where: Where): Exit | Killed | Superseded | undefined {
  const exit = /^exited with (-?\d+)$/.exec(text);
  if (exit) return { kind: 'exit', ...where, code: Number(exit[1]) };
  const killed = /^killed by (\w+)( \(core dumped\))?$/.exec(text);
  if (killed?.[1]) {
    const signal = own(killed[1]);
    return { kind: 'killed', ...where, signal, coreDumped: killed[2] !== undefined };
  }
  const superseded = /^superseded by execve in pid (\d+)(?:<.*>)?$/.exec(text);
  return superseded ? { kind: 'superseded', ...where, by: Number(superseded[1]) } : undefined;
}

function readSignal(text: string, where: Where): SignalDelivery | Stop | undefined {
  const stop = /^stopped by (\w+)$/.exec(text);
  if (stop?.[1]) return { kind: 'stop', ...where, signal: own(stop[1]) };
  const match = /^\w+/.exec(text);
  if (!match) return undefined;
  const signal = nameAt(text, 0, match[0].length);
  const rest = text.slice(signal.length).trim();
  if (rest === '') return { kind: 'signal', ...where, signal, info: undefined };
  const info = new Cursor(rest, 0, rest.length);
  const value = readValue(info);
  if (value && info.at === rest.length) return { kind: 'signal', ...where, signal, info: value };
  return { kind: 'signal', ...where, signal, info: { kind: 'opaque', text: own(rest) } };
}
