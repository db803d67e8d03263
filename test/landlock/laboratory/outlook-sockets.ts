import type { Operation } from '../../../landlock/operation.js';
import { modelPath, type Outlook, unasked } from './outlook.js';
import type { Call, Protocol } from './scenario.js';

/** The calls of sockets; undefined of any other. */
export function socketOutlook(call: Call): Outlook | undefined {
  switch (call[0]) {
    case 'bind':
      return { operations: [...onPort('bind', call[1], call[2])], end: 'ok' };
    case 'connect':
      return { operations: [...onPort('connect', call[1], call[2])], end: connectEnd(call[1]) };
    // Of an IPv4 socket, the address family 0 stands for AF_INET where the address is any.
    case 'bind-unspecified':
      if (call[1] === 'tcp6') return unasked('EAFNOSUPPORT');
      return { operations: [...onPort('bind', call[1], call[2])], end: 'ok' };
    case 'connect-unspecified':
      return unasked('ok');
    case 'send':
      return { operations: [...onPort('connect', call[1], call[2])], end: 'ok' };
    case 'listen':
      return unasked('ok');
    case 'connect-path':
    case 'send-path':
      return {
        operations: [{ kind: 'connect-unix', path: modelPath(call[1]), inside: false }],
        end: 'ok',
      };
    case 'connect-abstract':
    case 'send-abstract':
      return {
        operations: [{ kind: 'connect-abstract', name: 'laboratory', inside: false }],
        end: 'ok',
        circumstances: { sharedLayers: call[1] },
      };
    case 'connect-peer':
    case 'send-peer':
      return {
        operations: [{ kind: 'connect-unix', path: '/peer', inside: false }],
        end: 'ok',
        circumstances: { sharedLayers: call[1], objectOf: () => undefined },
      };
    default:
      return undefined;
  }
}

/** Landlock knows TCP and UDP alone; nobody listens on any port of the laboratory. */
function* onPort(kind: 'bind' | 'connect', of: Protocol, port: number): Generator<Operation> {
  const protocol = of.replace('6', '');
  if (protocol === 'tcp' || protocol === 'udp') yield { kind, protocol, port };
}

function connectEnd(protocol: Protocol): string {
  return protocol.startsWith('udp') ? 'ok' : 'ECONNREFUSED';
}
