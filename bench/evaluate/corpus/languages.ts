import { type Program, shell } from '../program.js';

/** Interpreters, and what is kept in libraries of theirs. */
export const languagePrograms: readonly Program[] = [
  {
    name: 'bash',
    needs: ['bash'],
    training: {
      files: {
        'run.sh':
          'for f in notes/one.txt notes/two.txt; do cat "$f"; done > all\nsource lib.sh\nwc -l < all\n',
        'lib.sh': 'x=1\n',
      },
      command: () => ['bash', 'run.sh'],
    },
    test: {
      files: {
        'other.sh':
          'cat <<< here > there\nsource more.sh\ncat notes/three.txt | wc -c\necho $BASH_VERSINFO > /dev/null\n',
        'more.sh': 'y=2\n',
      },
      command: () => ['bash', 'other.sh'],
    },
  },
  {
    name: 'python3',
    needs: ['/usr/bin/python3'],
    training: {
      files: {
        'report.py':
          "import json, csv, argparse, re, helper\nwith open('report.json', 'w') as f: json.dump(helper.rows(), f)\nprint(open('report.json').read())\n",
        'helper.py': 'def rows(): return [[1, 2], [3]]\n',
      },
      command: () => ['/usr/bin/python3', 'report.py'],
    },
    test: {
      files: {
        'mail.py':
          "import email.message, hashlib, decimal, logging, tempfile\nm = email.message.EmailMessage()\nm['subject'] = hashlib.sha256(b'x').hexdigest()\nwith tempfile.TemporaryFile() as t: t.write(bytes(m))\nopen('mail.eml', 'w').write(str(m))\nprint(m)\n",
      },
      command: () => ['/usr/bin/python3', 'mail.py'],
    },
  },
  {
    name: 'perl',
    needs: ['perl'],
    training: {
      files: {
        'count.pl':
          'use strict; use warnings; use List::Util "sum"; use Getopt::Long;\nopen my $f, "<", "notes/one.txt" or die $!; my @l = <$f>; open my $o, ">", "counted" or die $!; print $o scalar @l; print sum(1,2), "\\n";\n',
      },
      command: () => ['perl', 'count.pl'],
    },
    test: {
      files: {
        'when.pl':
          'use strict; use warnings; use POSIX "floor"; use Data::Dumper; use File::Temp "tempfile"; use JSON::PP;\nopen my $f, "<", "notes/three.txt" or die $!; my ($t) = tempfile(); print $t "x"; open my $o, ">", "made" or die $!; print $o encode_json([floor(2.5)]); print Dumper(1);\n',
      },
      command: () => ['perl', 'when.pl'],
    },
  },
  {
    name: 'node',
    needs: ['node'],
    training: {
      files: {
        'main.js':
          "const fs = require('node:fs');\nconst { add } = require('./lib/add');\nfs.writeFileSync('sum', String(add(1, 2)));\nconsole.log(fs.readFileSync('sum', 'utf8'));\n",
        'lib/add.js': 'exports.add = (a, b) => a + b;\n',
        'lib/unused.js': '\n',
        'package.json': '{"name":"app"}',
      },
      command: () => ['node', 'main.js'],
    },
    test: {
      files: {
        'other.mjs':
          "import { createHash } from 'node:crypto';\nimport { readFileSync, mkdtempSync, writeFileSync } from 'node:fs';\nimport { times } from './lib/times.mjs';\nconst d = mkdtempSync('made-');\nwriteFileSync(d + '/hash', createHash('sha256').update(readFileSync('notes/two.txt')).digest('hex'));\nconsole.log(times(2, 3));\n",
        'lib/times.mjs': 'export const times = (a, b) => a * b;\n',
        'package.json': '{"name":"app"}',
      },
      command: () => ['node', 'other.mjs'],
    },
  },
  {
    name: 'tclsh',
    needs: ['tclsh'],
    training: {
      files: {
        'a.tcl':
          'set f [open notes/one.txt]; puts [gets $f]; set o [open out w]; puts $o x; close $o\n',
      },
      command: () => ['tclsh', 'a.tcl'],
    },
    test: {
      files: {
        'b.tcl':
          'package require msgcat; puts [clock format 0 -gmt 1 -format %Y]; set o [open other w]; puts $o y; close $o\n',
      },
      command: () => ['tclsh', 'b.tcl'],
    },
  },
  {
    name: 'sqlite3',
    needs: ['sqlite3'],
    training: {
      command: shell(
        'sqlite3 notes.db "CREATE TABLE note (t); INSERT INTO note VALUES (1);"; sqlite3 notes.db "SELECT count(*) FROM note"',
      ),
    },
    test: {
      files: { 'rows.csv': 'a,1\nb,2\n' },
      home: { '.sqliterc': '.headers on\n' },
      command: shell(
        'sqlite3 other.db "PRAGMA journal_mode = wal; CREATE TABLE r (n, v);" ".mode csv" ".import rows.csv r" "SELECT sum(v) FROM r; VACUUM;"',
      ),
    },
  },
];
