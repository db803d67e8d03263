import type { Danger } from './danger.js';

const write = { intent: 'write' } as const;

/** What other programs of the same user run or obey, outside of the profile. */
export const startUp: readonly Danger[] = [
  {
    places: [
      ...['.bashrc', '.bash_profile', '.bash_login', '.bash_logout', '.bash_aliases', '.profile'],
      ...['.zshrc', '.zshenv', '.zprofile', '.zlogin', '.zlogout', '.kshrc', '.cshrc', '.tcshrc'],
      ...['.login', '.inputrc', '.config/fish', '.config/nushell', '.oh-my-zsh'],
    ].map((name) => `\${HOME}/${name}`),
    ...write,
    severity: 'high',
    what: 'shell start-up files',
    reason: "the user's shells run it as they start, outside of the profile",
  },
  {
    places: ['${HOME}/.ssh/authorized_keys*'],
    ...write,
    severity: 'high',
    what: 'ssh keys that may log in',
    reason: 'whoever has a key that it lists can log in as the user',
  },
  {
    places: ['${HOME}/.ssh'],
    ...write,
    severity: 'high',
    what: 'what ssh obeys',
    reason: 'ssh and sshd run commands and trust keys that it names',
  },
  {
    places: ['${HOME}/.ssh/known_hosts*'],
    ...write,
    severity: 'low',
    what: 'known ssh hosts',
    reason: 'ssh then trusts a machine that the user has not seen',
  },
  {
    places: ['${HOME}/.gnupg'],
    ...write,
    severity: 'medium',
    what: 'what gpg obeys',
    reason: 'gpg then trusts keys and runs programs that it names',
  },
  {
    places: [
      ...['${XDG_CONFIG_HOME}/systemd/user', '${XDG_DATA_HOME}/systemd/user'],
      ...['${XDG_RUNTIME_DIR}/systemd/user', '${XDG_RUNTIME_DIR}/systemd/transient'],
    ],
    ...write,
    severity: 'high',
    what: 'systemd user units',
    reason: "the user's service manager starts what it says, outside of the profile",
  },
  {
    places: [
      ...['${XDG_CONFIG_HOME}/autostart', '${XDG_CONFIG_HOME}/environment.d'],
      ...['${HOME}/.pam_environment', '${HOME}/.xinitrc', '${HOME}/.xsession*'],
      ...['${HOME}/.xprofile', '${HOME}/.Xclients', '${XDG_CONFIG_HOME}/plasma-workspace/env'],
      '${XDG_DATA_HOME}/dbus-1/services',
    ],
    ...write,
    severity: 'high',
    what: 'session start-up',
    reason: "the user's session starts what it says, outside of the profile",
  },
  {
    places: ['${XDG_DATA_HOME}/applications', '${XDG_CONFIG_HOME}/mimeapps.list'],
    ...write,
    severity: 'medium',
    what: 'desktop entries',
    reason: 'the desktop starts what it says when the user opens something',
  },
  {
    places: ['**/.git/hooks', '**/.git/modules/*/hooks', '**/.husky'],
    ...write,
    severity: 'high',
    what: 'git hooks',
    reason: 'git runs it, outside of the profile, whenever somebody works in the repository',
  },
  {
    places: ['**/.git/hooks/*.sample'],
    ...write,
    severity: null,
    what: 'sample hooks',
    reason: 'git does not run samples',
  },
  {
    places: ['**/.git/config', '**/.git/info/attributes', '${HOME}/.gitconfig'],
    ...write,
    severity: 'medium',
    what: 'git configuration',
    reason: 'git runs programs that it names, such as pagers, filters and monitors',
  },
  {
    places: ['${XDG_CONFIG_HOME}/git'],
    ...write,
    severity: 'medium',
    what: 'git configuration',
    reason: 'git runs programs that it names, such as pagers, filters and monitors',
  },
  {
    places: [
      ...['${HOME}/.vimrc', '${HOME}/.vim', '${XDG_CONFIG_HOME}/nvim', '${HOME}/.emacs*'],
      ...['${XDG_CONFIG_HOME}/emacs', '${HOME}/.tmux.conf', '${HOME}/.screenrc', '${HOME}/.npmrc'],
      ...[
        '${XDG_CONFIG_HOME}/Code/User',
        '${HOME}/.vscode',
        '${HOME}/.gdbinit',
        '${HOME}/.lldbinit',
      ],
      ...['${HOME}/.cargo/config*', '${HOME}/.gradle/init*', '${XDG_CONFIG_HOME}/pip'],
      ...['${HOME}/.docker/cli-plugins', '${HOME}/.kube/config', '${HOME}/.mozilla'],
    ],
    ...write,
    severity: 'medium',
    what: "what the user's tools obey",
    reason: "the user's own tools run or obey what it says, outside of the profile",
  },
  {
    places: [
      ...['${HOME}/bin', '${HOME}/.local/bin', '${HOME}/.cargo/bin', '${HOME}/go/bin'],
      ...[
        '${HOME}/.npm-global/bin',
        '${HOME}/.deno/bin',
        '${HOME}/.bun/bin',
        '${HOME}/.pyenv/shims',
      ],
      ...['${HOME}/.rbenv/shims', '${HOME}/.asdf/shims', '${HOME}/.nvm', '${PATH}'],
    ],
    ...write,
    severity: 'high',
    what: 'programs on PATH',
    reason: 'it is on the PATH: whoever calls a program by that name runs it',
  },
  {
    places: ['${HOME}/.local/lib', '${LD_LIBRARY_PATH}', '${PYTHONPATH}'],
    ...write,
    severity: 'high',
    what: "libraries of the user's programs",
    reason: "the user's other programs load code from it",
  },
  {
    places: ['**/*.landlock.toml', '**/*.local.toml'],
    ...write,
    severity: 'high',
    what: 'Landlock profiles',
    reason: 'it can grant itself, or another program, more for the next time',
  },
];
