import { Actions, Countdown, durationOf, Icon, Message, Sentence, useNow } from '@charter/kit';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { LicenseDocument } from './api';
import { SeatLeft } from './Seat';
import { appearanceOf } from './states';

/** A headline with a longer name in it is set smaller, so that what it means and what to do stay in sight. */
const LONG = 90;

/** What is, what it means, what to do now: in this order, in the server's words. */
export function Headline({ of, children }: { of: LicenseDocument; children?: ReactNode }) {
  const { tone, icon } = appearanceOf(of);
  return (
    <Paper component="section" variant="outlined" aria-labelledby="charter-headline"
      sx={theme => ({ p: { xs: 2, sm: 3 }, borderLeft: `4px solid ${theme.palette[tone].main}` })}>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: { xs: 1.5, sm: 2 }, alignItems: 'start' }}>
        <Box aria-hidden sx={{ width: 44, height: 44, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: `${tone}.light`, color: `${tone}.main` }}>
          <Icon name={icon} />
        </Box>
        <Box>
          <Typography variant="h1" id="charter-headline" sx={{ overflowWrap: 'anywhere', ...(of.headline.length > LONG ? { fontSize: '1.125rem' } : {}) }}><Sentence text={of.headline} /></Typography>
          <Typography sx={{ mt: 0.5, color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={of.meaning} code={of.code} /></Typography>
          <Remaining of={of} />
        </Box>
        {children ? <Box sx={{ mt: 2, gridColumn: { xs: '1 / -1', sm: '2' } }}><Actions>{children}</Actions></Box> : null}
      </Box>
    </Paper>
  );
}

/** The countdown of what ends within days. */
function Remaining({ of }: { of: LicenseDocument }) {
  const moments = of.moments;
  if (of.state === 'trial' && moments?.trialEnds) {
    return <TrialLeft ends={moments.trialEnds} duration={of.trial?.duration ? durationOf(of.trial.duration) : 0} />;
  }
  if (of.seat?.away && of.state !== 'emergency') return <SeatLeft seat={of.seat} />;
  const ends = of.state === 'emergency' ? moments?.dayEnds : of.state === 'grace' || of.state === 'degraded' ? moments?.dataUntil : undefined;
  return ends ? <SoonOver ends={ends} says={of.state === 'emergency' ? 'Left of this emergency day' : 'Data still flows for'} /> : null;
}

function TrialLeft({ ends, duration }: { ends: string; duration: number }) {
  const now = useNow(1_000);
  const left = new Date(ends).getTime() - now.getTime();
  return (
    <Box sx={{ mt: 1.5, maxWidth: 420 }}>
      <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums', mb: 0.75 }}>
        <Box component="span" sx={{ fontSize: '1.5rem', fontWeight: 650 }}><Countdown until={ends} /></Box> left
      </Typography>
      {duration > 0 ? <LinearProgress variant="determinate" value={Math.min(100, Math.max(0, (100 * left) / duration))} aria-label="Left of the trial" sx={{ height: 6, borderRadius: 3 }} /> : null}
    </Box>
  );
}

const TWO_DAYS = 48 * 3_600_000;

function SoonOver({ ends, says }: { ends: string; says: string }) {
  const now = useNow(1_000);
  if (new Date(ends).getTime() - now.getTime() > TWO_DAYS) return null;
  return (
    <Typography variant="body2" sx={{ mt: 1.5, fontVariantNumeric: 'tabular-nums' }}>
      {says} <Box component="span" sx={{ fontSize: '1.25rem', fontWeight: 650 }}><Countdown until={ends} /></Box>
    </Typography>
  );
}
