import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromBytes, pathToBytes } from '../../kernel/path-bytes.js';
import { findCommand } from '../../tracer/command.js';
import { inDirectory } from '../support/command.js';

const commands = suite('finding a command');
const name = pathFromBytes(Buffer.from('caf\xe9', 'latin1'));

commands('finds a program whose name, and whose directory, are not UTF-8', () =>
  inDirectory((directory) => {
    const place = join(directory, name);
    const program = join(place, name);
    mkdirSync(pathToBytes(place));
    writeFileSync(pathToBytes(program), '#!/bin/true\n');
    chmodSync(pathToBytes(program), 0o755);
    const command = { program, argv: [name, 'word'] };
    assert.equal(findCommand([name, 'word'], `/nowhere:${place}`), { found: true, command });
    assert.equal(findCommand([program, 'word']), {
      found: true,
      command: { program, argv: [program, 'word'] },
    });
  }),
);

commands('hands a script without an interpreter to the shell under its own name', () =>
  inDirectory((directory) => {
    const program = join(directory, name);
    writeFileSync(pathToBytes(program), 'echo\n');
    chmodSync(pathToBytes(program), 0o755);
    assert.equal(findCommand([program, 'word']), {
      found: true,
      command: { program: '/bin/sh', argv: ['/bin/sh', program, 'word'] },
    });
  }),
);

commands('says with what status it is not found, or is no program', () =>
  inDirectory((directory) => {
    writeFileSync(join(directory, 'letter'), '');
    const statusOf = (word: string) => {
      const search = findCommand([word], directory);
      return search.found ? undefined : search.status;
    };
    assert.is(statusOf('missing'), 127);
    assert.is(statusOf('letter'), 126);
    assert.is(statusOf(directory), 126);
    assert.is(statusOf(''), 127);
  }),
);

commands.run();
