import { Actions, Code, Countdown, Facts, Icon, Message, Moment, Section, spanWords, useNow } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { LicenseDocument, Seat, WaitsForSeat } from './api';

/** The name of a feature as the license gives it. */
function titleIn(of: LicenseDocument, name: string): string {
  return [...(of.license?.features ?? []), ...(of.license?.meters ?? [])].find(one => one.name === name)?.title ?? name;
}

/** The seat that this server holds: from whom, with what, and how long it lasts when nobody renews it. */
export function HeldSeat({ of, seat, onChange }: { of: LicenseDocument; seat: Seat; onChange?: (() => void) | undefined }) {
  const lent = seat.issuer === 'floating-server';
  const others = seat.servers.filter(server => server !== seat.server);
  return (
    <Section title="Seat" aside={onChange && lent ? <Button size="small" onClick={onChange}>Change servers or features</Button> : undefined}>
      <Stack spacing={2.5}>
        <Facts of={[
          ['Lent by', lent ? seat.server ?? 'No license server has answered yet' : 'The vendor, over the internet'],
          ['Also asked', lent && others.length > 0 ? <Servers of={others} /> : undefined],
          ['Features', seat.features.map(name => titleIn(of, name)).join(', ')],
          ['Named slot', seat.slot ? <Code of={seat.slot} /> : undefined],
          ['Last renewed', <Moment at={seat.lastRenewal} as="sentence" />],
          ['Renewed next', seat.away ? 'Tried again by itself' : <Moment at={seat.nextRenewal} as="sentence" />],
        ]} />
        <Limits of={seat} />
      </Stack>
    </Section>
  );
}

function Servers({ of }: { of: readonly string[] }) {
  return <Box component="span" sx={{ display: 'block' }}>{of.map(server => <Box key={server} component="span" sx={{ display: 'block' }}>{server}</Box>)}</Box>;
}

interface Limit {
  name: string;
  after: string;
  from: string;
  at: string;
  tone: 'primary' | 'warning' | 'error';
}

/** The three limits of a lease, one after the other; each fills as its time passes. */
function Limits({ of }: { of: Seat }) {
  const now = useNow(1_000).getTime();
  const limits: Limit[] = [
    { name: 'Renewal due', after: `every ${spanWords(of.renewEverySeconds * 1000)}`, from: of.lastRenewal, at: of.nextRenewal, tone: 'primary' },
    { name: 'Settings locked', after: `${spanWords(of.degradedAfterSeconds * 1000)} without a renewal`, from: of.nextRenewal, at: of.degradedAt, tone: 'warning' },
    { name: 'End', after: `${spanWords(of.endAfterSeconds * 1000)} without a renewal`, from: of.degradedAt, at: of.endsAt, tone: 'error' },
  ];
  return (
    <Box>
      <Typography variant="h3" component="h3" sx={{ mb: 1 }}>{of.away ? 'The' : 'When the'} {of.issuer === 'authority' ? 'vendor' : 'license server'} is away</Typography>
      <Box component="ol" aria-label="Limits of the seat" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: { xs: 1.25, sm: 1 }, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(3, minmax(0, 1fr))' } }}>
        {limits.map(limit => (
          <Box component="li" key={limit.name} sx={{ minWidth: 0 }}>
            <LinearProgress variant="determinate" color={limit.tone} value={passed(limit, now)} aria-label={`${limit.name}: time passed`} sx={{ height: 6, borderRadius: 3, mb: 0.75, bgcolor: `${limit.tone}.light` }} />
            <Typography variant="body2" sx={{ fontWeight: 600 }}>{limit.name}</Typography>
            <Typography variant="body2">{of.away && new Date(limit.at).getTime() <= now ? 'since ' : ''}<Moment at={limit.at} as="sentence" /></Typography>
            <Typography variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>{limit.after}</Typography>
          </Box>
        ))}
      </Box>
      <Typography variant="body2" sx={{ mt: 1.25, color: 'text.secondary' }}>Until the end data flows. After it new connections are refused; those that are open stay.</Typography>
    </Box>
  );
}

function passed({ from, at }: Limit, now: number): number {
  const start = new Date(from).getTime();
  const end = new Date(at).getTime();
  return end <= start ? (now >= end ? 100 : 0) : Math.min(100, Math.max(0, (100 * (now - start)) / (end - start)));
}

interface WaitingProps {
  of: LicenseDocument;
  waits: WaitsForSeat;
  working: boolean;
  /** Asks at once in place of at the next turn; absent, with the rest, for who may only look. */
  onAsk?: (() => void) | undefined;
  onOthers?: (() => void) | undefined;
  onStop?: (() => void) | undefined;
}

/** All seats are taken: where this server stands, and what happens by itself. */
export function WaitingForSeat({ of, waits, working, onAsk, onOthers, onStop }: WaitingProps) {
  return (
    <Section title="Waiting for a seat">
      <Stack spacing={2}>
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <Box aria-hidden sx={{ width: 44, height: 44, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: 'info.light', color: 'info.main' }}>
            <Icon name="clock" />
          </Box>
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontWeight: 650 }}>Asked for again by itself</Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={waits.message} /></Typography>
          </Box>
        </Box>
        <Facts of={[
          ['Waiting since', <Moment at={waits.since} as="sentence" />],
          ['Asked again in', <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums' }}><Countdown until={waits.retryAt} /></Box>],
          ['License servers', waits.servers.length > 0 ? <Servers of={waits.servers} /> : undefined],
          ['What happens', `${of.productTitle} takes a seat by itself as soon as one is free, also after a restart. You may leave this page.`],
          ['To be served sooner', 'Deactivate a server that holds a seat and needs none, or let the license server’s administrator take one back from a machine that is gone'],
        ]} />
        {onAsk || onOthers || onStop ? (
          <Actions>
            {onAsk ? <Button variant="contained" onClick={onAsk} disabled={working} startIcon={working ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : <Icon name="refresh" />}>Ask now</Button> : null}
            {onOthers ? <Button onClick={onOthers} disabled={working}>Other license servers or features</Button> : null}
            {onStop ? <Button color="error" onClick={onStop} disabled={working}>Stop waiting</Button> : null}
          </Actions>
        ) : null}
      </Stack>
    </Section>
  );
}

/** What is left of full work, then of the data's flow, while nobody renews the seat. */
export function SeatLeft({ seat }: { seat: Seat }) {
  const now = useNow(1_000).getTime();
  if (!seat.away) return null;
  const ahead = (at: string) => new Date(at).getTime() > now;
  const works = ahead(seat.degradedAt);
  const at = works ? seat.degradedAt : seat.endsAt;
  if (!ahead(at)) return null;
  return (
    <Typography variant="body2" sx={{ mt: 1.5, fontVariantNumeric: 'tabular-nums' }}>
      {works ? 'Full work for' : 'Data still flows for'} <Box component="span" sx={{ fontSize: '1.25rem', fontWeight: 650 }}><Countdown until={at} /></Box>
    </Typography>
  );
}
