import type { Danger } from './danger.js';

const write = { intent: 'write' } as const;

/** What root's programs, or every user's, run or obey. */
export const system: readonly Danger[] = [
  {
    places: ['/etc/sudoers', '/etc/sudoers.d', '/etc/doas.conf', '/etc/polkit-1', '/etc/pam.d'],
    ...write,
    severity: 'critical',
    what: 'who may become root',
    reason: 'it says who may become root',
  },
  {
    places: ['/usr/share/polkit-1', '/etc/security', '/etc/pam.conf'],
    ...write,
    severity: 'critical',
    what: 'who may become root',
    reason: 'it says who may become root',
  },
  {
    places: ['/etc/passwd*', '/etc/shadow*', '/etc/group*', '/etc/gshadow*', '/etc/subuid*'],
    ...write,
    severity: 'critical',
    what: 'the accounts',
    reason: 'it says which accounts there are, and with which passwords',
  },
  {
    places: ['/etc/ld.so.preload', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/ld.so.cache'],
    ...write,
    severity: 'critical',
    what: "the dynamic loader's configuration",
    reason: "every program, root's as well, loads the libraries that it names",
  },
  {
    places: [
      ...['/etc/crontab', '/etc/cron.*', '/etc/anacrontab', '/etc/systemd/system'],
      ...['/etc/systemd/user', '/usr/lib/systemd', '/lib/systemd', '/usr/local/lib/systemd'],
      ...['/run/systemd/system', '/run/systemd/transient', '/etc/init.d', '/etc/rc*.d'],
      ...['/etc/rc.local', '/etc/inittab', '/etc/udev', '/usr/lib/udev', '/lib/udev'],
      ...['/etc/NetworkManager/dispatcher.d', '/etc/network', '/etc/logrotate.d'],
      ...['/etc/update-motd.d', '/etc/apt', '/etc/dpkg', '/var/lib/dpkg/info', '/etc/kernel'],
      ...['/etc/initramfs-tools', '/usr/share/initramfs-tools', '/etc/grub.d', '/etc/default'],
    ],
    ...write,
    severity: 'critical',
    what: 'what root runs',
    reason: 'root runs what it says, outside of the profile',
  },
  {
    places: ['/var/spool/cron', '/var/spool/at'],
    ...write,
    severity: 'high',
    what: 'crontabs',
    reason: 'cron runs what it says as its owner, outside of the profile',
  },
  {
    places: ['/var/spool/cron/crontabs/root', '/var/spool/cron/root'],
    ...write,
    severity: 'critical',
    what: "root's crontab",
    reason: 'cron runs what it says as root, outside of the profile',
  },
  {
    places: [
      '/etc/modprobe.d',
      '/etc/modules*',
      '/usr/lib/modules',
      '/lib/modules',
      '/boot',
      '/efi',
    ],
    ...write,
    severity: 'critical',
    what: 'the kernel and its modules',
    reason: 'the kernel loads what it names, or is started from it',
  },
  {
    places: [
      ...['/etc/profile', '/etc/profile.d', '/etc/bash.bashrc', '/etc/bash_completion.d'],
      ...['/etc/zsh', '/etc/fish', '/etc/environment', '/etc/environment.d', '/etc/xdg/autostart'],
      ...['/etc/X11', '/etc/skel', '/usr/share/bash-completion', '/etc/shells', '/etc/login.defs'],
    ],
    ...write,
    severity: 'critical',
    what: "everybody's start-up files",
    reason: "the shells and sessions of every user run it, root's as well",
  },
  {
    places: [
      ...['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'],
      ...['/usr/games', '/usr/local/games', '/snap/bin', '/etc/alternatives', '/usr/libexec'],
    ],
    ...write,
    severity: 'critical',
    what: "everybody's programs",
    reason: 'every user runs programs from it, root as well',
  },
  {
    places: ['/lib', '/lib32', '/lib64', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/local/lib'],
    ...write,
    severity: 'critical',
    what: "everybody's libraries",
    reason: "the programs of every user load code from it, root's as well",
  },
  {
    places: [
      '/usr/share/perl*',
      '/usr/share/python*',
      '/usr/share/nodejs',
      '/usr/local/share/perl',
    ],
    ...write,
    severity: 'critical',
    what: "everybody's libraries",
    reason: "the programs of every user load code from it, root's as well",
  },
  {
    places: [
      ...['/etc/ssl', '/etc/ca-certificates*', '/usr/share/ca-certificates', '/etc/pki'],
      ...['/usr/local/share/ca-certificates', '/etc/ssh', '/etc/nsswitch.conf', '/etc/dbus-1'],
      ...['/usr/share/dbus-1', '/etc/gai.conf', '/etc/krb5.conf'],
    ],
    ...write,
    severity: 'high',
    what: 'whom the machine trusts',
    reason: "it says whom and what the machine's programs trust",
  },
  {
    places: ['/etc/hosts*', '/etc/resolv.conf', '/etc/systemd/resolved.conf*', '/etc/gitconfig'],
    ...write,
    severity: 'high',
    what: 'where names lead',
    reason: "it sends every program's connections elsewhere",
  },
];
