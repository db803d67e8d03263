import type { Call, LayerSpec } from '../laboratory/scenario.js';
import type { Case, Chapter } from './case.js';

const some: LayerSpec = {
  fs: 'none',
  net: 'all',
  ports: { 1000: 'bind_tcp connect_tcp', 1001: 'bind_tcp', 1002: 'connect_tcp' },
};

const datagrams: LayerSpec = {
  net: 'all',
  ports: {
    0: 'bind_udp',
    1001: 'bind_udp',
    1002: 'connect_send_udp',
    1003: 'bind_tcp connect_tcp',
  },
};
const unbound: LayerSpec = { net: 'all', ports: { 1001: 'bind_udp', 1002: 'connect_send_udp' } };
const binding: LayerSpec = { fs: 'execute', net: 'bind_udp' };
const connecting: LayerSpec = { fs: 'execute', net: 'connect_send_udp' };

/** TCP ports; what else there is of a network is not Landlock's, up to ABI 9. */
export const network: Chapter = {
  heading: 'Network',
  cases: [
    ...(['tcp', 'tcp6'] as const).flatMap((protocol) => [
      on(`${protocol}: binding to a port with both rights`, ['bind', protocol, 1000], 'ok'),
      on(`${protocol}: binding to a port with its right alone`, ['bind', protocol, 1001], 'ok'),
      on(
        `${protocol}: binding to a port with the right to connect`,
        ['bind', protocol, 1002],
        'EACCES',
      ),
      on(`${protocol}: binding to a port without a rule`, ['bind', protocol, 1003], 'EACCES'),
      on(`${protocol}: binding to any port`, ['bind', protocol, 0], 'EACCES'),
      on(
        `${protocol}: connecting to a port with its right alone`,
        ['connect', protocol, 1002],
        'ECONNREFUSED',
      ),
      on(
        `${protocol}: connecting to a port with the right to bind`,
        ['connect', protocol, 1001],
        'EACCES',
      ),
      on(`${protocol}: connecting to a port without a rule`, ['connect', protocol, 1003], 'EACCES'),
      on(`${protocol}: listening without binding, which no hook sees`, ['listen', protocol], 'ok'),
      on(
        `${protocol}: connecting to no address, which dissolves a connection`,
        ['connect-unspecified', protocol, 1003],
        'ok',
      ),
    ]),
    on(
      'binding an IPv4 socket to no family, with the right',
      ['bind-unspecified', 'tcp', 1000],
      'ok',
    ),
    on(
      'binding an IPv4 socket to no family, without the right',
      ['bind-unspecified', 'tcp', 1003],
      'EACCES',
    ),
    on('binding an IPv6 socket to no family', ['bind-unspecified', 'tcp6', 1000], 'EAFNOSUPPORT'),
    ...['udp', 'udp6'].flatMap((protocol) => asOfAbi10(protocol as 'udp' | 'udp6')),
    on('UDP: connecting to no address', ['connect-unspecified', 'udp', 1003], 'ok'),
    stacked(
      'UDP: binding that the older of two layers grants, asked from ABI 10 on',
      [{ net: 'all', ports: { 1000: 'bind_udp' } }, { net: 'all' }],
      ['bind', 'udp', 1000],
      'ok',
    ),
    on('MPTCP is not TCP: binding', ['bind', 'mptcp', 1003], 'ok'),
    on('MPTCP is not TCP: connecting', ['connect', 'mptcp', 1003], 'ECONNREFUSED'),
    under(
      'binding to any port by a rule for port 0',
      { fs: 'none', net: 'all', ports: { 0: 'bind_tcp' } },
      ['bind', 'tcp', 0],
      'ok',
    ),
    under(
      'binding to a port that only a rule for port 0 could mean',
      { fs: 'none', net: 'all', ports: { 0: 'bind_tcp' } },
      ['bind', 'tcp', 1000],
      'EACCES',
    ),
    under(
      'binding where only connecting is handled',
      { fs: 'none', net: 'connect_tcp' },
      ['bind', 'tcp', 1000],
      'ok',
    ),
    under(
      'connecting where only connecting is handled',
      { fs: 'none', net: 'connect_tcp' },
      ['connect', 'tcp', 1000],
      'EACCES',
    ),
    under(
      'connecting where only binding is handled',
      { fs: 'none', net: 'bind_tcp' },
      ['connect', 'tcp', 1000],
      'ECONNREFUSED',
    ),
    under(
      'binding where only binding is handled',
      { fs: 'none', net: 'bind_tcp' },
      ['bind', 'tcp', 1000],
      'EACCES',
    ),
    under('binding where only files are handled', {}, ['bind', 'tcp', 1000], 'ok'),
    under('connecting where only files are handled', {}, ['connect', 'tcp', 1000], 'ECONNREFUSED'),
    under(
      'the last port there is, with the right',
      { fs: 'none', net: 'all', ports: { 65535: 'bind_tcp' } },
      ['bind', 'tcp', 65535],
      'ok',
    ),
    stacked('binding that both of two layers grant', [some, some], ['bind', 'tcp', 1000], 'ok'),
    stacked(
      'binding that the older of two grants',
      [some, { fs: 'none', net: 'all' }],
      ['bind', 'tcp', 1000],
      'EACCES',
    ),
    stacked(
      'binding that the younger of two grants',
      [{ fs: 'none', net: 'all' }, some],
      ['bind', 'tcp', 1000],
      'EACCES',
    ),
    stacked('binding under a layer of files alone', [some, {}], ['bind', 'tcp', 1001], 'ok'),
    stacked(
      'binding under a layer that handles connecting',
      [some, { fs: 'none', net: 'connect_tcp' }],
      ['bind', 'tcp', 1001],
      'ok',
    ),
    stacked(
      'connecting under a layer that handles connecting',
      [some, { fs: 'none', net: 'connect_tcp' }],
      ['connect', 'tcp', 1002],
      'EACCES',
    ),
  ],
};

/** Stated for ABI 7, which asks nothing; what later ones answer is among the golden files. */
function asOfAbi10(protocol: 'udp' | 'udp6'): readonly Case[] {
  const of = (title: string, layer: LayerSpec, call: Call) =>
    under(`${protocol}, asked from ABI 10 on: ${title}`, layer, call, 'ok');
  return [
    of('binding to a port with its right alone', datagrams, ['bind', protocol, 1001]),
    of('binding to a port with the right to connect', datagrams, ['bind', protocol, 1002]),
    of('binding to a port with the rights of TCP', datagrams, ['bind', protocol, 1003]),
    of('binding to any port, by a rule for port 0', datagrams, ['bind', protocol, 0]),
    of('binding to any port, without one', unbound, ['bind', protocol, 0]),
    of('connecting with its right, and that to a free port', datagrams, [
      'connect',
      protocol,
      1002,
    ]),
    of('connecting with its right alone', unbound, ['connect', protocol, 1002]),
    of('connecting with the right to bind', datagrams, ['connect', protocol, 1001]),
    of('sending with its right, and that to a free port', datagrams, ['send', protocol, 1002]),
    of('sending with its right alone', unbound, ['send', protocol, 1002]),
    of('sending with the rights of TCP', datagrams, ['send', protocol, 1003]),
    of('binding where only connecting is handled', connecting, ['bind', protocol, 1001]),
    of('connecting where only binding is handled', binding, ['connect', protocol, 1002]),
    of('sending where only connecting is handled', connecting, ['send', protocol, 1002]),
  ];
}

function on(title: string, call: Call, end: string): Case {
  return under(title, some, call, end);
}

function under(title: string, layer: LayerSpec, call: Call, end: string): Case {
  return stacked(title, [layer], call, end);
}

function stacked(title: string, layers: readonly LayerSpec[], call: Call, end: string): Case {
  return { title, tree: 'a/', layers, call, end };
}
