import { Countdown, Icon, Sentence, ServerTime } from '@charter/kit';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { allIsWell, appearanceOf, paidFor } from './states';
import { useLicense } from './useLicense';

/** The headline of the License page, on every other page, unless all is well. */
export function LicenseBanner({ base = '/api/license', page = '#/license' }: { base?: string; page?: string }) {
  const { query } = useLicense(base);
  const of = query.data;
  if (!of || allIsWell(of)) return null;
  // What was bought for a license that is in force: the license itself has nothing to say.
  const order = of.state === 'licensed' && !of.seat?.away ? paidFor(of) : undefined;
  const { tone, icon } = order ? { tone: 'info' as const, icon: 'clock' as const } : appearanceOf(of);
  const ends = of.state === 'trial' ? of.moments?.trialEnds : of.state === 'emergency' ? of.moments?.dayEnds : of.state === 'degraded' || of.state === 'grace' ? of.moments?.dataUntil : of.seat?.away ? of.seat.degradedAt : undefined;
  const left = ends ? new Date(ends).getTime() - new Date(of.now).getTime() : 0;
  const soon = ends && left > 0 && left < 48 * 3_600_000;
  return (
    <ServerTime now={of.now} readAt={query.dataUpdatedAt}>
      <Box role="status" data-state={of.state}
        sx={theme => ({ display: 'flex', flexWrap: { xs: 'wrap', sm: 'nowrap' }, columnGap: 1.25, alignItems: 'center', px: 2, py: 1, bgcolor: `${tone}.light`, color: 'text.primary', borderBottom: `2px solid ${theme.palette[tone].main}` })}>
        <Box sx={{ color: `${tone}.main`, display: 'flex', flex: 'none' }}><Icon name={icon} fontSize="small" /></Box>
        <Box sx={{ minWidth: 0, flex: { xs: '1 1 80%', sm: 1 }, fontSize: '0.875rem', overflowWrap: 'anywhere' }}>
          <Box component="strong" sx={{ fontWeight: 650 }}><Sentence text={order ? 'Your order is on its way' : of.headline} /></Box>
          {'. '}<Sentence text={order ? order.message : of.meaning} />
        </Box>
        {soon ? <Box sx={{ ml: { xs: '1.875rem', sm: 0 }, fontVariantNumeric: 'tabular-nums', fontWeight: 650, fontSize: '0.875rem' }}><Countdown until={ends} /></Box> : null}
        <Link href={page} sx={{ ml: { xs: 'auto', sm: 0 }, fontSize: '0.875rem', flex: 'none', fontWeight: 600 }}>License</Link>
      </Box>
    </ServerTime>
  );
}
