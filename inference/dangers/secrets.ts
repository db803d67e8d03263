import type { Danger } from './danger.js';

const login = 'it lets one log in elsewhere as the user';
const token = 'it lets one act as the user towards a service';

/** What lets one be somebody else, or tells what is private. */
export const secrets: readonly Danger[] = [
  {
    places: ['${HOME}/.ssh/id_*', '**/*.kdbx', '${HOME}/.ssh/*.pem', '${HOME}/.ssh/*.key'],
    intent: 'read',
    severity: 'high',
    what: 'private keys',
    reason: login,
  },
  {
    places: ['${HOME}/.ssh'],
    intent: 'read',
    severity: 'medium',
    what: 'what ssh keeps',
    reason: 'private keys are kept beside it, under any name',
  },
  {
    places: ['${HOME}/.ssh/known_hosts*', '${HOME}/.ssh/config*', '${HOME}/.ssh/authorized_keys*'],
    intent: 'read',
    severity: 'low',
    what: 'ssh addresses',
    reason: 'it tells which machines the user knows',
  },
  {
    places: ['${HOME}/.ssh/*.pub'],
    intent: 'read',
    severity: null,
    what: 'public keys',
    reason: 'they are public',
  },
  {
    places: ['${HOME}/.gnupg/private-keys-v1.d', '${HOME}/.gnupg/secring.gpg'],
    intent: 'read',
    severity: 'high',
    what: 'private keys',
    reason: 'it lets one sign and decrypt as the user',
  },
  {
    places: [
      ...['${HOME}/.aws/credentials', '${HOME}/.aws/sso', '${HOME}/.azure', '${HOME}/.kube'],
      ...['${HOME}/.docker/config.json', '${HOME}/.netrc', '${HOME}/.git-credentials'],
      ...['${HOME}/.config/git/credentials', '${HOME}/.config/gh', '${HOME}/.config/gcloud'],
      ...['${HOME}/.config/hub', '${HOME}/.cargo/credentials*', '${HOME}/.gem/credentials'],
      ...['${HOME}/.pypirc', '${HOME}/.terraform.d/credentials*', '${HOME}/.vault-token'],
      ...['${HOME}/.pgpass', '${HOME}/.my.cnf', '${HOME}/.config/op', '/run/secrets'],
      ...['/tmp/krb5cc_*', '/etc/krb5.keytab'],
    ],
    intent: 'read',
    severity: 'high',
    what: 'tokens and passwords',
    reason: token,
  },
  {
    places: ['${HOME}/.npmrc', '${HOME}/.yarnrc.yml', '${HOME}/.m2/settings*.xml', '**/.env'],
    intent: 'read',
    severity: 'low',
    what: 'settings with tokens',
    reason: 'tokens and passwords are often kept in it',
  },
  {
    places: [
      ...['${HOME}/.password-store', '${XDG_DATA_HOME}/keyrings', '${XDG_DATA_HOME}/kwalletd'],
      ...['${HOME}/.mozilla', '${HOME}/.thunderbird', '${XDG_CONFIG_HOME}/chromium'],
      ...['${XDG_CONFIG_HOME}/google-chrome*', '${XDG_CONFIG_HOME}/BraveSoftware'],
      ...['${XDG_CONFIG_HOME}/microsoft-edge*', '${HOME}/snap/firefox'],
    ],
    intent: 'read',
    severity: 'high',
    what: 'stored passwords',
    reason: 'the passwords and sessions of the user are kept in it',
  },
  {
    places: ['${HOME}/.*_history', '${XDG_DATA_HOME}/fish/fish_history'],
    intent: 'read',
    severity: 'low',
    what: 'shell history',
    reason: 'it tells what the user typed, at times a password',
  },
  {
    places: ['/etc/shadow*', '/etc/gshadow*', '/etc/security/opasswd'],
    intent: 'read',
    severity: 'high',
    what: 'password hashes',
    reason: 'it holds the password hashes of every account',
  },
  {
    places: [
      ...['/etc/ssh/ssh_host_*_key', '/etc/ssl/private', '/etc/wireguard', '/etc/ipsec.secrets'],
      ...['/etc/NetworkManager/system-connections', '/etc/letsencrypt/archive'],
    ],
    intent: 'read',
    severity: 'high',
    what: "the machine's private keys",
    reason: 'it lets one pass for this machine',
  },
  {
    places: ['/proc/*/environ', '/proc/*/mem'],
    intent: 'read',
    severity: 'medium',
    what: 'memory of other processes',
    reason: 'other processes keep tokens and passwords there',
  },
  {
    places: [
      '/proc/self/environ',
      '/proc/self/mem',
      '/proc/thread-self/environ',
      '/proc/thread-self/mem',
    ],
    intent: 'read',
    severity: null,
    what: 'its own memory',
    reason: 'it is its own',
  },
];
