import { Icon, Message, Moment, Note, Sentence } from '@charter/kit';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link as To, useLocation } from 'react-router';
import { useOverview, type AlarmView } from './api';

const SEVERITIES = ['critical', 'warning', 'info'];
const KINDS = ['error', 'warning', 'info'] as const;

/** A severity that a newer server knows counts as the least. */
const rankOf = (alarm: AlarmView) => { const rank = SEVERITIES.indexOf(alarm.severity); return rank < 0 ? SEVERITIES.length - 1 : rank; };

/** What an administrator should see to, the most urgent first. */
export function Alarms({ of }: { of: readonly AlarmView[] }) {
  if (of.length === 0) return null;
  return (
    <Stack component="section" aria-label="Alarms" spacing={1}>
      {[...of].sort((one, other) => rankOf(one) - rankOf(other)).map(alarm => (
        <Note key={`${alarm.code} ${alarm.pool ?? ''}`} kind={KINDS[rankOf(alarm)] ?? 'info'}>
          <Message text={alarm.message} code={alarm.code} />
          <Typography component="span" variant="caption" sx={{ display: 'block', color: 'text.secondary' }}>Since <Moment at={alarm.since} as="sentence" /></Typography>
        </Note>
      ))}
    </Stack>
  );
}

/** The first critical alarm, above every page but the one that lists them. */
export function AlarmBanner() {
  const { pathname } = useLocation();
  const overview = useOverview();
  const critical = overview.data?.alarms.filter(alarm => alarm.severity === 'critical') ?? [];
  const first = critical[0];
  if (!first || pathname === '/') return null;
  return (
    <Box role="status" sx={theme => ({ display: 'flex', gap: 1.25, alignItems: 'center', px: 2, py: 1, bgcolor: 'error.light', color: 'text.primary', borderBottom: `2px solid ${theme.palette.error.main}`, fontSize: '0.875rem' })}>
      <Box sx={{ color: 'error.main', display: 'flex', flex: 'none' }}><Icon name="attention" fontSize="small" /></Box>
      <Box sx={{ minWidth: 0, flex: 1, overflowWrap: 'anywhere' }}><Sentence text={first.message} /></Box>
      <Link component={To} to="/" sx={{ fontSize: '0.875rem', fontWeight: 600, flex: 'none' }}>{critical.length > 1 ? `${critical.length} alarms` : 'Overview'}</Link>
    </Box>
  );
}
