import { Actions } from '@charter/kit';
import Box from '@mui/material/Box';
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
