import { createServer } from 'node:http';
import { type Lack, lacksPrograms } from '../support/requirements.js';
import { fixtureProgram, lacksCompiler } from './fixtures.js';
import type { Files } from './stage.js';

/** Real work of real programs, small enough to be done a dozen times. */
export interface Workload {
  /** What is done, as the subject of a title. */
  readonly name: string;
  readonly lack: Lack;
  readonly files?: Files;
  /** @param port - a free one, for those that need one. */
  readonly command: (port: number) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The other end of a connection, which is there while the command runs. */
  readonly meanwhile?: (port: number, command: () => Promise<void>) => Promise<string>;
}

export const workloads: readonly Workload[] = [
  {
    name: 'cat of a file',
    lack: lacksPrograms('cat'),
    files: { 'greeting.txt': 'hello\n' },
    command: () => ['cat', 'greeting.txt'],
  },
  {
    name: 'ls -lR of a tree',
    lack: lacksPrograms('ls'),
    files: { 'tree/one/leaf': '1\n', 'tree/two/deeper/leaf': '2\n', 'tree/three': '3\n' },
    command: () => ['ls', '-lR', 'tree'],
  },
  {
    name: 'a script that calls other programs',
    lack: lacksPrograms('sort', 'wc', 'env'),
    files: {
      'count-words': '#!/bin/sh\n./words | sort | uniq -c > counted\nwc -l < counted\n',
      words: '#!/usr/bin/env sh\ncat <<END\nland\nlock\nland\nEND\n',
    },
    command: () => ['./count-words'],
  },
  {
    name: 'python3 with json, ssl and sqlite3',
    lack: lacksPrograms('/usr/bin/python3'),
    command: () => [
      '/usr/bin/python3',
      '-c',
      `import json, ssl, sqlite3
ssl.create_default_context()
rows = sqlite3.connect(':memory:').execute('select 6 * 7').fetchall()
with open('result.json', 'w') as file: json.dump(rows, file)
print(open('result.json').read())`,
    ],
  },
  {
    name: 'node reading and writing',
    lack: undefined,
    files: { 'numbers.json': '[1, 2, 3]' },
    command: () => [
      process.execPath,
      // Else V8 maps its own built-ins anew from the program's file, unless chance has placed them
      // well already: an open that is there in nearly every run, and not in all.
      '--no-short-builtin-calls',
      '-e',
      `const fs = require('node:fs');
const numbers = JSON.parse(fs.readFileSync('numbers.json', 'utf8'));
fs.writeFileSync('doubled.json', JSON.stringify(numbers.map((number) => 2 * number)));
console.log(fs.readFileSync('doubled.json', 'utf8'));`,
    ],
  },
  {
    name: 'taking away first what is made then',
    lack: undefined,
    command: () => [
      'sh',
      '-ec',
      `rm -f out && echo made > out
[ ! -d place ] || rmdir place
rmdir place 2> /dev/null || mkdir place
unlink pipe 2> /dev/null || true
mkfifo pipe`,
    ],
  },
  {
    name: 'git init, commit, clone, pull and gc',
    lack: lacksPrograms('git'),
    command: () => [
      'sh',
      '-ec',
      `[ -d project ] || git init -q -b main project
cd project
echo more >> one && echo more >> two
git add . && git commit -q -m change
cd ..
[ -d copy ] || git clone -q project copy
cd copy
git pull -q && git gc -q && git log --format='%h %s'`,
    ],
    environment: {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_AUTHOR_DATE: '2001-02-03T04:05:06Z',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.org',
      GIT_COMMITTER_DATE: '2001-02-03T04:05:06Z',
    },
  },
  {
    name: 'gcc, and the program that it makes',
    lack: lacksPrograms('gcc'),
    files: { 'hello.c': '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n' },
    command: () => ['sh', '-ec', 'gcc -o hello hello.c\n./hello'],
  },
  {
    name: 'sqlite3 in three journal modes, moving and truncating',
    lack: lacksPrograms('sqlite3', 'truncate'),
    command: () => [
      'sh',
      '-ec',
      `for mode in delete truncate wal; do
  sqlite3 notes.db "PRAGMA journal_mode = $mode; CREATE TABLE IF NOT EXISTS note (text);
    INSERT INTO note VALUES ('$mode'); SELECT count(*) FROM note;"
done
sqlite3 notes.db VACUUM
cp notes.db copy.db
mkdir -p kept
mv copy.db kept/moved.db
truncate -s 10 kept/moved.db
wc -c < kept/moved.db
mv kept/moved.db . && rm moved.db`,
    ],
  },
  {
    name: 'tar and xz, making and unpacking',
    lack: lacksPrograms('tar', 'xz'),
    files: { 'tree/one/leaf': '1\n', 'tree/two': '2\n' },
    command: () => [
      'sh',
      '-ec',
      `tar -cf tree.tar tree
xz -f tree.tar
mkdir -p unpacked
tar -xJf tree.tar.xz -C unpacked
cat unpacked/tree/one/leaf unpacked/tree/two`,
    ],
  },
  {
    name: 'make -j2 of a small project',
    lack: lacksPrograms('make', 'gcc'),
    files: {
      Makefile: `program: main.o one.o two.o three.o
	gcc -o $@ $^
%.o: %.c
	gcc -c -o $@ $<
`,
      'main.c': `#include <stdio.h>
int one(void), two(void), three(void);
int main(void) { printf("%d\\n", one() + two() + three()); return 0; }
`,
      'one.c': 'int one(void) { return 1; }\n',
      'two.c': 'int two(void) { return 2; }\n',
      'three.c': 'int three(void) { return 3; }\n',
    },
    command: () => ['sh', '-ec', 'echo >> one.c && make -s -j2 && ./program'],
  },
  {
    name: 'a program that keeps its files in a home',
    lack: lacksPrograms('bash'),
    command: () => [
      'bash',
      '-ec',
      `mkdir -p ~/.cache/app ~/.config/app
echo used >> ~/.apprc
echo cached > ~/.cache/app/entry
echo new > ~/.config/app/settings.new
mv ~/.config/app/settings.new ~/.config/app/settings
moved=$(mktemp) && mv "$moved" ~/.config/app/moved
cat ~/.apprc ~/.cache/app/entry ~/.config/app/settings`,
    ],
  },
  {
    name: 'a terminal of its own, by script',
    lack: lacksPrograms('script'),
    command: () => ['script', '-qec', 'tty > /dev/null && echo on a terminal', '/dev/null'],
  },
  {
    name: 'links, pipes and files without names, by bash',
    lack: lacksPrograms('bash', 'mkfifo'),
    command: () => [
      'bash',
      '-ec',
      `echo one > file
ln -f file hard && ln -s file soft && cat hard soft && rm hard soft
mkfifo pipe && { cat pipe & echo two > pipe; wait; } && rm pipe
cat <<< three
cat <(echo four)
directory=$(mktemp -d) && echo five > "$directory/file" && cat "$directory/file"
rm -r "$directory"`,
    ],
  },
  {
    name: 'a program with twenty threads',
    lack: lacksCompiler(),
    command: () => [fixtureProgram('work-in-twenty-threads')],
  },
  {
    name: 'a program that a thread other than the first leaves for another',
    lack: lacksCompiler(),
    files: { 'greeting.txt': 'hello\n' },
    command: () => [fixtureProgram('execute-from-a-thread'), '/bin/cat', 'greeting.txt'],
  },
  {
    name: 'curl from a local server',
    lack: lacksPrograms('curl'),
    command: (port) => ['curl', '-sS', `http://127.0.0.1:${port}/`],
    meanwhile: async (port, command) => {
      const server = createServer((_, response) => response.end('served\n'));
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      await command();
      server.close();
      return '';
    },
  },
  {
    name: 'a server that leaves its UNIX socket behind',
    lack: lacksPrograms('/usr/bin/python3'),
    command: () => [
      '/usr/bin/python3',
      '-c',
      `import os, socket
if os.path.exists('socket'): os.unlink('socket')
server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
server.bind('socket')
server.listen()
client.connect('socket')
client.send(b'hello')
print(server.accept()[0].recv(5))`,
    ],
  },
  {
    name: 'a server for one request',
    lack: lacksPrograms('/usr/bin/python3'),
    files: { 'index.html': 'served\n' },
    command: (port) => [
      '/usr/bin/python3',
      '-c',
      `from http.server import HTTPServer, SimpleHTTPRequestHandler
class Handler(SimpleHTTPRequestHandler):
  def log_message(self, *words): pass
HTTPServer(('127.0.0.1', ${port}), Handler).handle_request()`,
    ],
    meanwhile: async (port, command) => {
      let running = true;
      const served = command().finally(() => {
        running = false;
      });
      const answer = await fetchWhile(() => running, `http://127.0.0.1:${port}/index.html`);
      await served;
      return answer;
    },
  },
];

/** Asks until the server has come up. */
async function fetchWhile(running: () => boolean, address: string): Promise<string> {
  while (running()) {
    try {
      return await (await fetch(address, { headers: { connection: 'close' } })).text();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return 'nobody answered';
}
