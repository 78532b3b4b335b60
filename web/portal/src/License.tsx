import { Code, Facts, numberWords, Section } from '@charter/kit';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { ReactNode } from 'react';
import type { LicenseOfLetter } from './api';

/**
 * A license, as far as who brought its letter or its key may know it, and what is left of its activations.
 *
 * @param named whether the page says already what it is and whose
 */
export function License({ of, aside, named = false }: { of: LicenseOfLetter; aside?: ReactNode; named?: boolean }) {
  const { activationsUsed: used, activationsTotal: total } = of;
  const free = Math.max(0, total - used);
  const floating = of.type === 'floating';
  return (
    <Section title="License" aside={aside}>
      <Facts of={[
        ['Product', named ? undefined : of.productTitle],
        ['Customer', named ? undefined : of.customer],
        ['License ID', <Code of={of.id} />],
        [floating ? 'Seats' : 'Activations', (
          <Box component="span" sx={{ display: 'block', maxWidth: 420 }}>
            {numberWords(used)} of {numberWords(total)} used; {free === 0 ? 'none is' : `${numberWords(free)} ${free === 1 ? 'is' : 'are'}`} free for {floating ? (free === 1 ? 'a floating server' : 'floating servers') : free === 1 ? 'another host' : 'other hosts'}
            <LinearProgress variant="determinate" color={free === 0 ? 'warning' : 'primary'} value={total === 0 ? 100 : Math.min(100, (100 * used) / total)} aria-label={floating ? 'Seats used' : 'Activations used'} sx={{ mt: 0.75, height: 6, borderRadius: 3 }} />
          </Box>
        )],
      ]} />
    </Section>
  );
}
