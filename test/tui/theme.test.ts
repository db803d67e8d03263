import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Style, themeFor } from '../../tui/theme.js';

const themes = suite('themes');

const styles: readonly Style[] = [
  'plain',
  'title',
  'heading',
  'faint',
  'allowed',
  'denied',
  'ignored',
  'offered',
  'mixed',
  'warning',
  'notice',
  'cursor',
];

themes('every colour can be read on white and on black, also where bold is bright', () => {
  const hues = new Set(styles.flatMap((style) => coloursOf(themeFor(true)(style, 'x'))));
  assert.ok(hues.size > 0);
  for (const hue of hues) {
    for (const [name, palette] of Object.entries(palettes)) {
      for (const shade of [palette[hue], palette[hue + 8]]) {
        for (const ground of [0x000000, 0xffffff]) {
          const contrast = contrastOf(shade ?? ground, ground);
          assert.ok(contrast >= 2.5, `${name}: colour ${hue} on ${ground}: ${contrast}`);
        }
      }
    }
  }
});

themes('a hue that cannot be read on white would be seen', () => {
  const green = palettes.xterm[2] ?? 0;
  assert.ok(contrastOf(green, 0xffffff) < 2.5);
});

themes('only the eight colours that every terminal has are asked for, and no background', () => {
  for (const style of styles) {
    for (const code of codesOf(themeFor(true)(style, 'x'))) {
      assert.ok([0, 1, 2, 7, 22, 27, 39].includes(code) || (code >= 30 && code <= 37), `${code}`);
    }
  }
});

themes('without colours, attributes alone tell one style from another', () => {
  for (const style of styles) assert.equal(coloursOf(themeFor(false)(style, 'x')), []);
});

themes.run();

/** The colours of xterm and of the Linux console, as they come: eight, and those that are bright. */
const palettes = {
  xterm: [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
    0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
  ],
  console: [
    0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555,
    0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
  ],
} as const satisfies Readonly<Record<string, readonly number[]>>;

function codesOf(painted: string): readonly number[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is to be found.
  return [...painted.matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, codes = '']) =>
    codes.split(';').map(Number),
  );
}

function coloursOf(painted: string): readonly number[] {
  return codesOf(painted)
    .filter((code) => code >= 30 && code <= 37)
    .map((code) => code - 30);
}

/** From 1 to 21, as WCAG 2 defines it. */
function contrastOf(one: number, other: number): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminanceOf(colour: number): number {
  const [red = 0, green = 0, blue = 0] = [16, 8, 0].map((shift) => {
    const part = ((colour >> shift) & 0xff) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
