import type { Abstraction } from './abstraction.js';

export const nameResolution: Abstraction = {
  name: 'name-resolution',
  what: 'names of hosts, services and protocols',
  reason: 'whoever calls getaddrinfo(3)',
  source: 'resolv.conf(5), hosts(5), host.conf(5), gai.conf(5); packages libc6, netbase',
  parts: [
    {
      access: ['read_file'],
      files: [
        '/etc/hosts',
        '/etc/host.conf',
        '/etc/resolv.conf',
        '/etc/gai.conf',
        '/etc/services',
        '/etc/protocols',
        '/etc/networks',
        '/etc/rpc',
        '/etc/ethers',
        '/run/systemd/resolve/stub-resolv.conf',
        '/run/systemd/resolve/resolv.conf',
        '/run/resolvconf/resolv.conf',
        '/run/NetworkManager/resolv.conf',
        '/run/NetworkManager/no-stub-resolv.conf',
      ],
    },
    { access: ['resolve_unix'], files: ['/run/systemd/resolve/io.systemd.Resolve'] },
  ],
};
