import { expect, it } from 'vitest';
import { LINES } from './lines';
import { themeFor } from './theme';

function lightness(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(from => Number.parseInt(colour.slice(from, from + 2), 16) / 255).map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** As WCAG counts it. */
function contrast(one: string, other: string): number {
  const [dark, light] = [lightness(one), lightness(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

it.each(['light', 'dark'] as const)('lines of a chart are seen, and told apart without their colours, in %s', mode => {
  const lines = LINES[mode];
  for (const { colour } of lines) expect(contrast(colour, themeFor(mode).palette.background.paper), colour).toBeGreaterThan(3);
  expect(new Set(lines.map(({ dash }) => dash)).size, 'each has a dash of its own').toBe(lines.length);
  expect(contrast(lines[1]!.colour, lines[2]!.colour), 'the second and the third').toBeGreaterThan(2.5);
});
