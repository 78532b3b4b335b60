import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';
import { MONOSPACE } from './theme';

/** One subject of a page, with its name. */
export function Section({ title, aside, children, flush = false }: { title?: ReactNode; aside?: ReactNode; children: ReactNode; flush?: boolean }) {
  const id = useId();
  return (
    <Paper component="section" variant="outlined" aria-labelledby={title ? id : undefined} sx={{ overflow: 'hidden', minWidth: 0 }}>
      {title || aside ? (
        <Stack direction="row" useFlexGap spacing={1}
          sx={{ alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap', px: { xs: 2, sm: 2.5 }, pt: 2, pb: flush ? 1.5 : 0 }}>
          <Typography variant="h2" id={id}>{title}</Typography>
          {aside}
        </Stack>
      ) : null}
      <Box sx={flush ? {} : { px: { xs: 2, sm: 2.5 }, pt: title ? 1.5 : 2.5, pb: 2.5 }}>{children}</Box>
    </Paper>
  );
}

/** Names and values, one under the other where it is narrow. What is not known is left out, never shown as a dash. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  const known = of.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return (
    <Box component="dl"
      sx={{ m: 0, display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'clamp(5.5rem, 30%, 8.5rem) minmax(0, 1fr)' }, rowGap: { xs: 0, sm: 1.25 }, columnGap: 2 }}>
      {known.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents', '&:last-of-type > dd': { mb: 0 } }}>
          <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, mb: { xs: 1.25, sm: 0 }, overflowWrap: 'anywhere' }}>{value}</Typography>
        </Box>
      ))}
    </Box>
  );
}

/** What machines write and people compare: an ID, an address, a fingerprint. */
export function Code({ of }: { of: string }) {
  return <Box component="span" sx={{ fontFamily: MONOSPACE, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>{of}</Box>;
}

/** A row of buttons that becomes a column where it is narrow. */
export function Actions({ children, end = false }: { children: ReactNode; end?: boolean }) {
  return (
    <Stack direction={{ xs: 'column', sm: 'row' }} useFlexGap spacing={1.25}
      sx={{ flexWrap: 'wrap', alignItems: { xs: 'stretch', sm: 'center' }, justifyContent: end ? 'flex-end' : 'flex-start' }}>
      {children}
    </Stack>
  );
}
