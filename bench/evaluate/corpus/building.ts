import { type Program, shell } from '../program.js';

const author =
  'export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org GIT_AUTHOR_DATE=2001-02-03T04:05:06Z GIT_COMMITTER_DATE=2001-02-03T04:05:06Z\n';

const configured = { '.gitconfig': '[core]\n\tabbrev = 9\n' };

/** Programs that people develop with. */
export const buildingPrograms: readonly Program[] = [
  {
    name: 'git',
    needs: ['git'],
    training: {
      home: configured,
      command: shell(
        `${author}git init -q -b main .\ngit add README notes\ngit commit -q -m one\necho more >> README\ngit commit -qam two\ngit status --short > /dev/null\ngit log --oneline | wc -l`,
      ),
    },
    test: {
      home: configured,
      files: { 'fresh/file': 'f\n' },
      command: shell(
        `${author}git init -q -b main .\ngit add fresh source\ngit commit -q -m one\ngit checkout -q -b topic\necho more >> fresh/file\ngit commit -qam two\ngit checkout -q main\ngit merge -q topic\ngit diff HEAD~ | wc -l\ngit tag v1\ngit branch -d -q topic`,
      ),
    },
  },
  {
    name: 'gcc and make',
    needs: ['gcc', 'make'],
    training: {
      files: {
        Makefile: 'all: one\none: one.o two.o\n\tgcc -o $@ $^\n%.o: %.c\n\tgcc -O1 -c -o $@ $<\n',
        'one.c':
          '#include <stdio.h>\nint two(void);\nint main(void) { return printf("%d\\n", two()) < 0; }\n',
        'two.c': '#include <stdlib.h>\n#include <string.h>\nint two(void) { return abs(-2); }\n',
      },
      command: shell('make -s\n./one'),
    },
    test: {
      files: {
        Makefile:
          'tool: main.o\n\tgcc -o $@ $^ -lm\n%.o: %.c\n\tgcc -g -Wall -c -o $@ $<\nagain: main.o\n\tgcc -O2 -o $@ $^ -lm\n',
        'main.c':
          '#include <math.h>\n#include <pthread.h>\n#include <stdio.h>\n#include <sys/socket.h>\nint main(int c, char **v) { (void)v; printf("%.1f\\n", sqrt(c)); return 0; }\n',
      },
      command: shell('make -s\n./tool\nmake -s again\n./again'),
    },
  },
  {
    name: 'ar, nm and strip',
    needs: ['ar', 'nm', 'strip', 'gcc'],
    training: {
      command: shell(
        'cp /bin/true t\nstrip t\nar rc lib.a notes/one.txt notes/two.txt\nar t lib.a\nnm -D t > /dev/null',
      ),
    },
    test: {
      command: shell(
        'cp /bin/true u\nstrip -o v u\nar rcs other.a u\nar x other.a\nnm -D v > /dev/null\nar t other.a',
      ),
    },
  },
  {
    name: 'cmake',
    needs: ['cmake', 'make', 'gcc'],
    training: {
      files: {
        'CMakeLists.txt':
          'cmake_minimum_required(VERSION 3.10)\nproject(x C)\nadd_library(k STATIC k.c)\nadd_executable(x x.c)\ntarget_link_libraries(x k)\n',
        'k.c':
          '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint k(void) { return abs(0); }\n',
        'x.c': 'int k(void);\nint main(void) { return k(); }\n',
      },
      command: shell('cmake -S . -B out > /dev/null\ncmake --build out > /dev/null\n./out/x'),
    },
    test: {
      files: {
        'CMakeLists.txt':
          'cmake_minimum_required(VERSION 3.10)\nproject(y C)\ninclude(CheckIncludeFile)\ncheck_include_file(math.h HAVE_MATH)\nadd_library(l STATIC l.c)\nadd_executable(y y.c)\ntarget_link_libraries(y l)\n',
        'l.c': '#include <math.h>\n#include <time.h>\nint l(void) { return 0; }\n',
        'y.c': 'int l(void);\nint main(void) { return l(); }\n',
      },
      command: shell('cmake -S . -B build > /dev/null\ncmake --build build > /dev/null\n./build/y'),
    },
  },
  {
    name: 'msgfmt',
    needs: ['msgfmt'],
    training: {
      files: {
        'po/de.po':
          'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\nmsgid "yes"\nmsgstr "ja"\n',
        'po/fr.po':
          'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\nmsgid "yes"\nmsgstr "oui"\n',
      },
      command: shell('msgfmt -o de.mo po/de.po; msgfmt -o fr.mo po/fr.po'),
    },
    test: {
      files: {
        'po/sv.po':
          'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\nmsgid "yes"\nmsgstr "ja"\n',
      },
      command: shell('msgfmt --statistics -o sv.mo po/sv.po 2> /dev/null'),
    },
  },
];
