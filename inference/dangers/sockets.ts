import type { Danger } from './danger.js';

const connect = { intent: 'connect' } as const;

/** Sockets behind which somebody does things for whoever asks, outside of the profile. */
export const sockets: readonly Danger[] = [
  {
    places: [
      ...['/run/docker.sock', '/var/run/docker.sock', '/run/docker', '/run/containerd'],
      ...['/run/crio', '/run/podman', '/var/run/libvirt', '/run/libvirt', '/run/k3s'],
      ...['/var/lib/lxd/unix.socket', '/var/lib/incus/unix.socket', '/run/buildkit'],
      ...['/run/systemd/private', '/run/snapd.socket', '/run/dockershim.sock'],
    ],
    ...connect,
    severity: 'critical',
    what: "root's daemons",
    reason: 'a daemon that is root starts there what one asks it to',
  },
  {
    places: ['${XDG_RUNTIME_DIR}/docker.sock', '${XDG_RUNTIME_DIR}/podman', '${HOME}/.docker/run'],
    ...connect,
    severity: 'high',
    what: 'container daemons',
    reason: 'a daemon starts there, outside of the profile, what one asks it to',
  },
  {
    places: ['${XDG_RUNTIME_DIR}/bus', '${XDG_RUNTIME_DIR}/systemd', '/tmp/dbus-*'],
    ...connect,
    severity: 'high',
    what: 'the session bus',
    reason: "by it one asks the user's service manager to start programs outside of the profile",
  },
  {
    places: ['/run/dbus/system_bus_socket', '/var/run/dbus/system_bus_socket'],
    ...connect,
    severity: 'low',
    what: 'the system bus',
    reason: 'services that are root answer there, each by rules of its own',
  },
  {
    places: [
      ...['/tmp/ssh-*', '${XDG_RUNTIME_DIR}/ssh-agent*', '${XDG_RUNTIME_DIR}/keyring'],
      ...['${XDG_RUNTIME_DIR}/gcr', '${XDG_RUNTIME_DIR}/gnupg', '${HOME}/.gnupg/S.*'],
      '${HOME}/.ssh/agent*',
    ],
    ...connect,
    severity: 'high',
    what: 'key agents',
    reason: 'an agent signs and logs in there as the user',
  },
  {
    places: ['/tmp/.X11-unix'],
    ...connect,
    severity: 'high',
    what: 'the X server',
    reason: 'by it one reads and types keys in every window',
  },
  {
    places: [
      '${XDG_RUNTIME_DIR}/wayland-*',
      '${XDG_RUNTIME_DIR}/pipewire-*',
      '${XDG_RUNTIME_DIR}/pulse',
    ],
    ...connect,
    severity: 'low',
    what: 'screen and sound',
    reason: 'by it one shows windows, plays and may listen',
  },
  {
    places: ['/tmp/tmux-*', '/run/screen', '${XDG_RUNTIME_DIR}/emacs', '/tmp/emacs*'],
    ...connect,
    severity: 'high',
    what: "the user's sessions",
    reason: "by it one types commands in the user's other sessions",
  },
];
