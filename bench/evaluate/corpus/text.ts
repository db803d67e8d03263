import { type Program, shell } from '../program.js';

const tables = {
  'data/january.csv': 'apple,3\nplum,1\npear,2\n',
  'data/february.csv': 'plum,7\nfig,4\n',
  'data/march.csv': 'apple,1\nfig,9\n',
};
const moreTables = {
  'data/april.csv': 'kiwi,3\nplum,1\n',
  'data/may.csv': 'kiwi,7\nlime,4\n',
  'data/old/june.csv': 'lime,1\n',
};

/** Programs that read text and write some. */
export const textPrograms: readonly Program[] = [
  {
    name: 'sort',
    needs: ['sort'],
    training: {
      files: tables,
      command: shell('sort -o sorted data/january.csv data/february.csv; sort -u data/march.csv'),
    },
    test: {
      files: moreTables,
      command: shell(
        'sort -t, -k2 -n -o by-number data/april.csv data/may.csv; sort -R data/may.csv | sort',
      ),
    },
  },
  {
    name: 'awk',
    needs: ['awk'],
    training: {
      files: tables,
      command: () => [
        'awk',
        '-F,',
        '{ print $1 > "fruit" } END { print NR }',
        'data/january.csv',
        'data/march.csv',
      ],
    },
    test: {
      files: moreTables,
      command: () => [
        'awk',
        '-F,',
        '{ n += $2; print n > "sums" } END { print n }',
        'data/april.csv',
        'data/old/june.csv',
      ],
    },
  },
  {
    name: 'sed -i',
    needs: ['sed'],
    training: {
      files: tables,
      command: () => ['sed', '-i', 's/apple/orange/', 'data/january.csv', 'data/march.csv'],
    },
    test: {
      files: moreTables,
      command: () => ['sed', '-i.before', 's/kiwi/melon/', 'data/april.csv', 'data/may.csv'],
    },
  },
  {
    name: 'grep -r',
    needs: ['grep'],
    training: { files: tables, command: () => ['grep', '-r', 'plum', 'data'] },
    test: { files: moreTables, command: () => ['grep', '-rl', 'lime', 'data'] },
  },
  {
    name: 'find',
    needs: ['find', 'wc'],
    training: {
      files: tables,
      command: () => [
        'find',
        'data',
        'notes',
        '-name',
        '*.csv',
        '-exec',
        '/usr/bin/wc',
        '-c',
        '{}',
        '+',
      ],
    },
    test: {
      files: moreTables,
      command: () => [
        'find',
        'data',
        '-type',
        'f',
        '-newer',
        'README',
        '-exec',
        '/usr/bin/wc',
        '-l',
        '{}',
        '+',
      ],
    },
  },
  {
    name: 'diff',
    needs: ['diff'],
    training: {
      files: { ...tables, 'other/january.csv': 'apple,4\n', 'other/march.csv': 'fig,9\n' },
      command: shell('diff -u data/january.csv other/january.csv || diff -r data other || true'),
    },
    test: {
      files: { ...moreTables, 'other/april.csv': 'kiwi,4\n' },
      command: shell('diff data/april.csv other/april.csv || true'),
    },
  },
  {
    name: 'patch',
    needs: ['patch'],
    training: {
      files: {
        ...tables,
        'patches/1':
          '--- data/march.csv\n+++ data/march.csv\n@@ -1,2 +1,2 @@\n-apple,1\n+apple,2\n fig,9\n',
        'patches/2':
          '--- data/february.csv\n+++ data/february.csv\n@@ -1,2 +1,2 @@\n-plum,7\n+plum,8\n fig,4\n',
        'patches/3': '--- /dev/null\n+++ data/new.csv\n@@ -0,0 +1 @@\n+new\n',
      },
      command: shell('for n in 1 2 3; do patch -s -p0 -i patches/$n; done'),
    },
    test: {
      files: {
        ...moreTables,
        'patches/4':
          '--- a/data/may.csv\n+++ b/data/may.csv\n@@ -1,2 +1,2 @@\n kiwi,7\n-lime,4\n+lime,5\n--- /dev/null\n+++ b/data/fresh\n@@ -0,0 +1 @@\n+new\n',
      },
      command: shell('patch -s -p1 -b -i patches/4'),
    },
  },
  {
    name: 'less',
    needs: ['less'],
    training: { command: shell('less README; less notes/one.txt notes/two.txt') },
    test: { home: { '.lesskey': '' }, command: shell('less -N notes/four.txt') },
  },
  {
    name: 'man',
    needs: ['man', 'wc'],
    training: {
      command: shell(
        'for page in ls cp mv cat; do man -P cat 1 $page | wc -l; done; man -P cat 5 passwd | wc -l',
      ),
    },
    test: {
      command: shell(
        'for page in tar rm; do man -P cat 1 $page | wc -l; done; man -P cat 5 shadow | wc -l',
      ),
    },
  },
  {
    name: 'ed',
    needs: ['ed'],
    training: {
      files: tables,
      command: shell(
        "printf '1d\\nw\\nq\\n' | ed -s data/january.csv; printf '$p\\nw\\nq\\n' | ed -s data/march.csv",
      ),
    },
    test: {
      files: moreTables,
      command: shell("printf '1s/kiwi/fig/\\nw\\nq\\n' | ed -s data/may.csv"),
    },
  },
  {
    name: 'vim -es',
    needs: ['vim'],
    training: {
      files: tables,
      command: shell(
        "vim -es -c '%s/plum/quince/e' -c wq data/january.csv; vim -es -c 1d -c wq notes/one.txt",
      ),
    },
    test: {
      files: moreTables,
      home: { '.vimrc': 'set nobackup\n' },
      command: shell(
        "vim -es -c '%s/kiwi/fig/' -c wq data/april.csv; vim -es -c 'w data/fresh.py' -c q notes/two.txt",
      ),
    },
  },
  {
    name: 'file',
    needs: ['file'],
    training: {
      command: () => [
        'file',
        'notes/one.txt',
        'notes/two.txt',
        'source/main.c',
        '/bin/ls',
        '/bin/cat',
        '/etc/passwd',
      ],
    },
    test: { command: () => ['file', '-i', 'notes/three.txt', 'notes/four.txt', '/bin/cp'] },
  },
  {
    name: 'jq',
    needs: ['jq'],
    training: {
      files: { 'data/a.json': '{"a":[1,2]}', 'data/b.json': '{"a":[3]}' },
      command: shell('jq .a data/a.json data/b.json > out.json'),
    },
    test: {
      files: { 'data/c.json': '{"b":5}' },
      command: shell('jq -S .b data/c.json > other.json'),
    },
  },
  {
    name: 'bc',
    needs: ['bc'],
    training: {
      files: { 'sums/one.bc': '1+2\n', 'sums/two.bc': 'scale=3\n7/3\nquit\n' },
      command: () => ['bc', '-q', 'sums/one.bc', 'sums/two.bc'],
    },
    test: {
      files: { 'sums/root.bc': 'sqrt(2)\nquit\n' },
      command: () => ['bc', '-lq', 'sums/root.bc'],
    },
  },
  {
    name: 'm4',
    needs: ['m4'],
    training: {
      files: { 'text/a.m4': 'define(x, 1)x\n', 'text/b.m4': 'include(text/a.m4)x\n' },
      command: shell('m4 text/b.m4 > b'),
    },
    test: { files: { 'text/c.m4': 'define(z, 2)z\n' }, command: shell('m4 text/c.m4 > c') },
  },
];
