import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DangerMap } from '../../inference/danger-map.js';
import type { Intent } from '../../inference/dangers/danger.js';
import { dangers } from '../../inference/dangers/index.js';
import { groundsIn } from '../../inference/decisions/grounds.js';
import { GuardedPlaces } from '../../inference/guarded.js';
import { infer } from '../../inference/infer.js';
import { mayFold } from '../../inference/may-fold.js';
import { withOwnProfile } from '../../inference/own-profile.js';
import type { FsRight } from '../../landlock/abi.js';
import { fsAccess } from '../../landlock/access-set.js';
import type { Operation } from '../../landlock/operation.js';
import { record } from './random-program.js';

const danger = suite('dangers');

const environments = [{ HOME: '/home/me', PATH: '/opt/tool/bin:/usr/bin:relative' }];
const map = new DangerMap(environments);

/** What each deed comes to. */
const table: readonly (readonly [Intent, string, string | undefined])[] = [
  ['read', '/home/me/.ssh/id_ed25519', 'high'],
  ['read', '/root/.ssh/id_rsa', 'high'],
  ['read', '/home/you/.ssh/id_rsa', 'high'],
  ['read', '/home/me/.ssh/deploy', 'medium'],
  ['read', '/home/me/.ssh/known_hosts', 'low'],
  ['read', '/home/me/.ssh/id_ed25519.pub', undefined],
  ['read', '/home/me/.aws/credentials', 'high'],
  ['read', '/home/me/.bashrc', undefined],
  ['read', '/etc/shadow', 'high'],
  ['read', '/etc/passwd', undefined],
  ['read', '/proc/self/environ', undefined],
  ['read', '/proc/[pid]/environ', 'medium'],
  ['read', '/proc/[pid]/stat', undefined],
  ['read', '/dev/urandom', undefined],
  ['read', '/dev/vda1', 'high'],
  ['write', '/home/me/.bashrc', 'high'],
  ['write', '/home/me/.ssh/authorized_keys', 'high'],
  ['write', '/home/me/.ssh/known_hosts', 'low'],
  ['write', '/home/me/.bash_history', undefined],
  ['write', '/home/me/.cache/x', undefined],
  ['write', '/home/me/.config/systemd/user/x.service', 'high'],
  ['write', '/home/me/.config/autostart/x.desktop', 'high'],
  ['write', '/home/me/.config/app/settings', undefined],
  ['write', '/srv/repo/.git/hooks/pre-commit', 'high'],
  ['write', '/srv/repo/.git/hooks/pre-commit.sample', undefined],
  ['write', '/srv/repo/.git/objects/ab/cdef', undefined],
  ['write', '/srv/repo/.git/index.lock', undefined],
  ['write', '/srv/repo/.git/config', 'medium'],
  ['write', '/srv/app.landlock.toml', 'high'],
  ['write', '/opt/tool/bin/x', 'high'],
  ['write', '/opt/tool/x', undefined],
  ['write', '/usr/bin/x', 'critical'],
  ['write', '/usr/lib/x86_64-linux-gnu/libc.so.6', 'critical'],
  ['write', '/var/spool/cron/crontabs/me', 'high'],
  ['write', '/var/spool/cron/crontabs/root', 'critical'],
  ['write', '/etc/cron.d/x', 'critical'],
  ['write', '/etc/systemd/system/x.service', 'critical'],
  ['write', '/etc/ld.so.preload', 'critical'],
  ['write', '/etc/sudoers.d/x', 'critical'],
  ['write', '/etc/app.conf', undefined],
  ['write', '/proc/sys/kernel/core_pattern', 'critical'],
  ['write', '/proc/self/oom_score_adj', undefined],
  ['write', '/sys/class/leds/x/brightness', 'critical'],
  ['write', '/dev/null', undefined],
  ['write', '/dev/shm/x', undefined],
  ['write', '/dev/pts/[n]', undefined],
  ['write', '/dev/nvme0n1', 'critical'],
  ['write', '/tmp/x', undefined],
  ['connect', '/run/docker.sock', 'critical'],
  ['connect', '/run/user/1000/bus', 'high'],
  ['connect', '/run/nscd/socket', undefined],
  ['connect', '/tmp/ssh-XXXX/agent.1', 'high'],
  ['connect', '/run/systemd/journal/socket', undefined],
];

for (const [intent, path, severity] of table) {
  danger(`${intent} ${path}: ${severity ?? 'nothing comes of it'}`, () => {
    assert.is(map.at(path, intent)?.danger.severity, severity);
  });
}

danger('every place is absolute, in a home, or floats', () => {
  for (const place of dangers.flatMap((row) => row.places)) {
    assert.match(place, /^(\/|\*\*\/|\$\{[A-Z_]+\}(\/|$))/, place);
    assert.not.match(place.slice(3), /\*\*/, place);
  }
});

danger('every reason and name is short, and ends without a full stop', () => {
  for (const { what, reason } of dangers) {
    assert.ok(what.length < 40 && reason.length < 90, reason);
    assert.not.match(reason, /[.!]$/);
  }
});

danger('nothing is folded into a guarded place, onto a danger or above one', () => {
  const guarded = new GuardedPlaces(environments);
  const may = (path: string, ...rights: readonly FsRight[]) =>
    mayFold(path, fsAccess(...rights), guarded, map);
  assert.is(may('/home/me', 'read_dir'), false);
  assert.is(may('/home/me/.ssh', 'read_file'), false);
  assert.is(may('/home/me/.mozilla/firefox/x', 'read_file'), false);
  assert.is(may('/srv/repo/.git', 'write_file'), false);
  assert.is(may('/srv/repo/.git', 'read_file'), true);
  assert.is(may('/srv/repo/.git/objects', 'write_file', 'make_reg'), true);
  assert.is(may('/usr/lib/x86_64-linux-gnu', 'read_file'), true);
  assert.is(may('/usr/lib/x86_64-linux-gnu', 'write_file'), false);
  assert.is(may('/etc/ssl', 'read_file'), false);
  assert.is(may('/etc/ssl/certs', 'read_file'), true);
});

danger('connecting to a daemon that is root is told, also where no rule can deny it', () => {
  const connect: Operation = { kind: 'connect-unix', path: '/run/docker.sock' };
  const run = { operations: [record(connect)], objects: [], environment: { HOME: '/home/me' } };
  const [old] = infer([run], 7).findings;
  assert.is(old?.severity, 'critical');
  assert.equal(old?.rules, []);
  assert.match(
    old?.sentence ?? '',
    /^program connects to \/run\/docker\.sock: .*ABI 7 can deny it$/,
  );
  const [deniable] = infer([run], 9).findings;
  assert.equal(deniable?.rules, ['/run/docker.sock']);
  assert.not.match(deniable?.sentence ?? '', /ABI/);
});

danger('a rule that lets a profile be written is told of, and one that does not is not', () => {
  const told = (...rights: readonly FsRight[]) => {
    const rule = {
      ...{ path: '/srv', directory: true, uses: [], guarded: undefined },
      access: fsAccess(...rights),
    };
    const inference = { ...infer([], 7), paths: [rule] };
    return withOwnProfile(inference, '/srv/x.landlock.toml').findings.length;
  };
  assert.is(told('write_file'), 1);
  assert.is(told('make_reg', 'remove_file'), 1);
  assert.is(told('make_reg'), 0);
  assert.is(told('read_file', 'truncate', 'remove_file'), 0);
});

danger('what is found of rules is the same whichever were asked about before', () => {
  const access = fsAccess('read_file', 'read_dir', 'write_file', 'make_reg');
  const on = (path: string, ...used: readonly string[]) => {
    const executable = '/usr/bin/program';
    const uses = used.map((each) => ({
      ...{ executable, call: 'openat', count: 1, why: 'observed' as const },
      ...{ path: each, access },
    }));
    return { path, directory: true, access, uses, guarded: guarded.at(path) };
  };
  const guarded = new GuardedPlaces(environments);
  const rules = [
    on('/etc', '/etc/passwd'),
    on('/home/me', '/home/me/.profile'),
    on('/home/me/.config/git'),
    on('/home/me/desk', '/home/me/desk/.git/config'),
    on('/srv', '/srv/a'),
  ];
  const asked = groundsIn(environments, 7).groundsOf(rules);
  for (let last = 0; last <= rules.length; last++) {
    const some = [...rules.slice(0, last), on('/opt/tool', '/opt/tool/bin/x')];
    const fresh = groundsIn(environments, 7).groundsOf(rules);
    assert.equal(asked.risksOf(some), fresh.risksOf(some));
  }
  assert.ok(asked.risksOf(rules).length >= 3);
});

danger('where nobody knows who needs a guarded place, nobody is named', () => {
  const rule = { path: '/etc', directory: true, access: fsAccess('read_file'), uses: [] };
  const [finding] = groundsIn([], 7)
    .groundsOf([])
    .risksOf([{ ...rule, guarded: 'the system configuration' }]);
  assert.match(finding?.sentence ?? '', /read_file is granted on all of it; that opens /);
});

danger.run();
