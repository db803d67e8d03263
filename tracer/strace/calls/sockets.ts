import type { Call, Value } from 'strace-parser';
import type { Operation } from '../../../landlock/operation.js';
import { argument, fieldOf, flagNames, numberOf, pathArgument } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';
import { readBindToPath } from './names.js';

/** bind(2). */
export function readBind(scene: Scene, thread: TracedThread, call: Call): void {
  const address = argument(call, 1);
  if (address === undefined) return;
  if (familyOf(address) === 'AF_UNIX') {
    // A name that is taken is refused before Landlock is asked, and stays another's.
    const name = abstractName(address);
    const failed = call.result.kind === 'error';
    if (name !== undefined) {
      if (!failed) scene.recording.abstractNames.add(name);
      return;
    }
    // A socket that has a name already is refused after its second file was made.
    const late = call.result.kind === 'error' && call.result.errno === 'EINVAL';
    if (!failed || late) readBindToPath(scene, thread, call, address);
    return;
  }
  const end = internetEnd(call, address);
  if (end !== undefined) scene.record(thread, call, { kind: 'bind', ...end });
}

/** connect(2). */
export function readConnect(scene: Scene, thread: TracedThread, call: Call): void {
  reach(scene, thread, call, argument(call, 1));
}

/** sendto(2), sendmsg(2), sendmmsg(2): those that name an address connect for one message. */
export function readSend(scene: Scene, thread: TracedThread, call: Call): void {
  for (const address of addressesOf(call)) {
    const end = internetEnd(call, address);
    if (end?.protocol === 'tcp') continue; // An address is ignored on a connected stream.
    reach(scene, thread, call, address);
  }
}

function addressesOf(call: Call): readonly Value[] {
  const found =
    call.name === 'sendto'
      ? [argument(call, 4)]
      : call.name === 'sendmsg'
        ? [fieldOf(argument(call, 1), 'msg_name')]
        : messagesOf(argument(call, 1)).map((message) =>
            fieldOf(fieldOf(message, 'msg_hdr'), 'msg_name'),
          );
  return found.filter((value) => value?.kind === 'struct');
}

function messagesOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'array' ? value.items : [];
}

function reach(scene: Scene, thread: TracedThread, call: Call, address: Value | undefined): void {
  if (address === undefined) return;
  // A UNIX socket that nobody listens on is refused before Landlock is asked.
  if (familyOf(address) === 'AF_UNIX' && call.result.kind === 'error') return;
  const operation =
    familyOf(address) === 'AF_UNIX'
      ? unixOperation(scene, thread, address)
      : internetOperation(call, address);
  if (operation !== undefined) scene.record(thread, call, operation);
}

function internetOperation(call: Call, address: Value): Operation | undefined {
  const end = internetEnd(call, address);
  return end === undefined ? undefined : { kind: 'connect', ...end };
}

function unixOperation(scene: Scene, thread: TracedThread, address: Value): Operation | undefined {
  const name = abstractName(address);
  if (name !== undefined) {
    return { kind: 'connect-abstract', name, inside: scene.recording.abstractNames.has(name) };
  }
  const path = pathArgument(fieldOf(address, 'sun_path'));
  const resolved = path === undefined ? undefined : scene.pathFrom(thread, path, true);
  if (resolved === undefined) return undefined;
  scene.disk.found(resolved, 'socket');
  return { kind: 'connect-unix', path: resolved };
}

/** Landlock knows real TCP and UDP alone, by the port; other protocols are not restricted. */
function internetEnd(
  call: Call,
  address: Value,
): { protocol: 'tcp' | 'udp'; port: number } | undefined {
  const family = familyOf(address);
  if (family !== 'AF_INET' && family !== 'AF_INET6') return undefined;
  const socket = argument(call, 0);
  const protocol = socket?.kind === 'fd' ? socket.socket?.protocol.replace(/v6$/, '') : undefined;
  const port = portOf(fieldOf(address, family === 'AF_INET' ? 'sin_port' : 'sin6_port'));
  if (port === undefined) return undefined;
  if (protocol === 'UDP') return { protocol: 'udp', port };
  // A log without -yy does not tell: TCP is what nearly every program means by connecting.
  return protocol === 'TCP' || protocol === undefined || protocol === 'socket'
    ? { protocol: 'tcp', port }
    : undefined;
}

function portOf(value: Value | undefined): number | undefined {
  return value?.kind === 'macro' ? numberOf(value.args[0]) : numberOf(value);
}

function familyOf(address: Value): string | undefined {
  return [...flagNames(fieldOf(address, 'sa_family'))][0];
}

/** The name of an abstract socket, which begins with a NUL. */
function abstractName(address: Value): string | undefined {
  const path = fieldOf(address, 'sun_path');
  return path?.kind === 'string' && path.value.startsWith('\0') ? path.value.slice(1) : undefined;
}
