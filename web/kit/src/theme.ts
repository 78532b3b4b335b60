import { createTheme, type Theme } from '@mui/material/styles';

export type Mode = 'light' | 'dark';

/** Figures under each other line up, and a key's characters can be told from one another. */
export const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

const LIGHT = {
  primary: { main: '#0b5a6e', dark: '#084556', light: '#d5ebf0', contrastText: '#ffffff' },
  success: { main: '#186a3b', light: '#dcf1e4', contrastText: '#ffffff' },
  warning: { main: '#8a5100', light: '#fcefd8', contrastText: '#ffffff' },
  error: { main: '#a8241c', light: '#fbe4e1', contrastText: '#ffffff' },
  info: { main: '#0b5a6e', light: '#e0eff3', contrastText: '#ffffff' },
  text: { primary: '#16202a', secondary: '#51606e' },
  background: { default: '#f4f6f8', paper: '#ffffff' },
  divider: '#dce2e8',
};

const DARK = {
  primary: { main: '#7fd0e2', dark: '#a4dfec', light: '#12343d', contrastText: '#06242c' },
  success: { main: '#7ad39d', light: '#12301f', contrastText: '#06240f' },
  warning: { main: '#f2bd6b', light: '#35260d', contrastText: '#2a1b00' },
  error: { main: '#f59a92', light: '#3b1815', contrastText: '#350906' },
  info: { main: '#7fd0e2', light: '#14303a', contrastText: '#06242c' },
  text: { primary: '#e8edf1', secondary: '#a3b1bd' },
  background: { default: '#0f1418', paper: '#171e24' },
  divider: '#2c3741',
};

/**
 * The shared look.
 *
 * @param container where dialogs and menus are put: the page's body, or a place inside a shadow root
 */
export function themeFor(mode: Mode, container?: HTMLElement): Theme {
  const inside = container ? { container } : {};
  return createTheme({
    palette: { mode, ...(mode === 'light' ? LIGHT : DARK) },
    shape: { borderRadius: 8 },
    typography: {
      fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
      fontSize: 14,
      h1: { fontSize: '1.625rem', fontWeight: 650, lineHeight: 1.25, letterSpacing: '-0.01em' },
      h2: { fontSize: '1.125rem', fontWeight: 650, lineHeight: 1.35 },
      h3: { fontSize: '0.9375rem', fontWeight: 650, lineHeight: 1.4 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: ({ theme }) => ({
            minHeight: 40,
            paddingInline: 16,
            whiteSpace: 'normal',
            textAlign: 'center',
            lineHeight: 1.3,
            '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
          }),
          sizeSmall: { minHeight: 32, paddingInline: 10 },
        },
      },
      MuiIconButton: {
        styleOverrides: {
          root: ({ theme }) => ({ '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}` } }),
        },
      },
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: { root: { backgroundImage: 'none' } },
      },
      MuiModal: { defaultProps: inside },
      MuiDialog: {
        defaultProps: inside,
        styleOverrides: { paper: ({ theme }) => ({ border: `1px solid ${theme.palette.divider}` }) },
      },
      MuiPopover: {
        defaultProps: inside,
        styleOverrides: { paper: ({ theme }) => ({ border: `1px solid ${theme.palette.divider}` }) },
      },
      MuiPopper: { defaultProps: inside },
      MuiTextField: { defaultProps: { size: 'small' } },
      MuiTableCell: { styleOverrides: { head: ({ theme }) => ({ color: theme.palette.text.secondary, fontWeight: 600 }) } },
      MuiLink: { defaultProps: { underline: 'always' } },
    },
  });
}
