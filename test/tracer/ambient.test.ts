import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ambientVariables } from '../../tracer/ambient.js';
import { inDirectory } from '../support/command.js';

const ambient = suite('what variables stand for here');

ambient('a home behind a symlink is where it leads, with what is in it by default', () =>
  inDirectory((made) => {
    const place = realpathSync(made);
    mkdirSync(join(place, 'srv/alice/dotfiles'), { recursive: true });
    symlinkSync('srv', join(place, 'home'));
    symlinkSync('dotfiles', join(place, 'srv/alice/.config'));
    const found = ambientVariables({ HOME: join(place, 'home/alice/') });
    assert.is(found.HOME, join(place, 'srv/alice'));
    assert.is(found.XDG_CONFIG_HOME, join(place, 'srv/alice/dotfiles'));
    assert.is(found.XDG_CACHE_HOME, join(place, 'srv/alice/.cache'));
    assert.is(found.TMPDIR, realpathSync('/tmp'));
    assert.is(found.WORKDIR, process.cwd());
    assert.is(found.UID, String(process.getuid?.()));
  }),
);

ambient('what is said counts, unless it is no absolute path', () => {
  const said = { HOME: '/h', XDG_DATA_HOME: '/data', XDG_STATE_HOME: 'state', TMPDIR: '' };
  const found = ambientVariables(said);
  assert.is(found.XDG_DATA_HOME, '/data');
  assert.is(found.XDG_STATE_HOME, '/h/.local/state');
  assert.is(found.TMPDIR, realpathSync('/tmp'));
});

ambient('without HOME, the account tells', () => {
  assert.is(ambientVariables({}).HOME, realpathSync(userInfo().homedir));
});

ambient('names that were mangled, since they are no UTF-8, are not known', () => {
  assert.is(ambientVariables({ HOME: '/home/\ufffd' }).HOME, undefined);
});

ambient.run();
