import { Actions } from '@charter/kit';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A page's title, what it is about in a sentence, and what can be done on all of it. */
export function PageHead({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2} sx={{ justifyContent: 'space-between', alignItems: { xs: 'stretch', sm: 'flex-start' } }}>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>{title}</Typography>
        {children ? <Typography variant="body2" component="div" sx={{ color: 'text.secondary', mt: 0.5, maxWidth: '46rem' }}>{children}</Typography> : null}
      </Box>
      {actions ? <Box sx={{ flex: 'none' }}><Actions>{actions}</Actions></Box> : null}
    </Stack>
  );
}

/** A number with its name, and a word on it. */
export function Tile({ name, value, unit, more }: { name: string; value: string; unit?: string; more?: string }) {
  return (
    <Paper variant="outlined" sx={{ p: { xs: 1.5, sm: 2 }, minWidth: 0 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>{name}</Typography>
      <Typography component="p" sx={{ fontSize: { xs: '1.25rem', sm: '1.5rem' }, fontWeight: 650, lineHeight: 1.3, fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
        {value}{unit ? <> <Box component="span" sx={{ fontSize: '0.8125rem', fontWeight: 400, color: 'text.secondary', display: 'inline-block' }}>{unit}</Box></> : null}
      </Typography>
      {more ? <Typography variant="caption" component="p" sx={{ color: 'text.secondary', lineHeight: 1.4, mt: 0.25 }}>{more}</Typography> : null}
    </Paper>
  );
}
