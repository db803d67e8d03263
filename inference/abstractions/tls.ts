import type { Abstraction } from './abstraction.js';

export const tls: Abstraction = {
  name: 'tls',
  what: 'certificates and settings of TLS',
  reason: 'whoever checks whom a connection leads to',
  source: 'update-ca-certificates(8), config(5ssl); packages ca-certificates, openssl, libssl3',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/etc/ssl/certs',
        '/usr/share/ca-certificates',
        '/usr/lib/${ARCH}/ossl-modules',
        '/usr/lib/${ARCH}/engines-3',
      ],
      foreseen: 'another host is vouched for by another authority',
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['/usr/local/share/ca-certificates'] },
    {
      access: ['read_file'],
      files: [
        '/etc/ssl/openssl.cnf',
        '/usr/lib/ssl/openssl.cnf',
        '/etc/gnutls/config',
        '/etc/crypto-policies/config',
      ],
    },
  ],
};
