import type { Mode } from './theme';

interface Line {
  colour: string;
  /** As SVG writes it; without one the line is whole. */
  dash?: string;
}

/** How the lines of a chart are drawn, in their order: those beside each other differ in lightness and in their dashes too, for eyes and printers that do not tell colours. */
export const LINES: Record<Mode, readonly Line[]> = {
  light: [{ colour: '#0b5a6e' }, { colour: '#c47a00', dash: '9 4' }, { colour: '#6b0f12', dash: '2 3' }],
  dark: [{ colour: '#7fd0e2' }, { colour: '#f9d58b', dash: '9 4' }, { colour: '#e0523f', dash: '2 3' }],
};
