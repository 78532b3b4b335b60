import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, type ReactNode } from 'react';
import { stylesFor } from './sheet';
import { themeFor, type Mode } from './theme';

export type Choice = Mode | 'system';

/**
 * Gives everything below it the shared look, in the mode that was chosen or that the system asks for.
 *
 * @param place a place inside a shadow root, when the page around it is not ours; else the whole page is ours
 */
export function Look({ mode = 'system', place, children }: { mode?: Choice; place?: HTMLElement; children: ReactNode }) {
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const shown: Mode = mode === 'system' ? (systemIsDark ? 'dark' : 'light') : mode;
  const cache = useMemo(() => stylesFor(place ?? document.head), [place]);
  const theme = useMemo(() => themeFor(shown, place), [shown, place]);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme}>
        {place ? null : <CssBaseline enableColorScheme />}
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}
