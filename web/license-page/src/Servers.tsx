import { Facts, Failure, Icon, Moment, MONOSPACE, Note, plural, Sentence, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { LicenseDocument, PoolLook, ServerLook } from './api';

const PORT = 16090;
const MOST_SERVERS = 8;

/** A server's address as it is asked: a name alone is one of the license server's usual port. */
export function addressOf(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '');
  if (text === '' || text.includes('://')) return text;
  return `http://${text}${/:\d+$/.test(text) ? '' : `:${PORT}`}`;
}

interface ServersProps {
  servers: readonly string[];
  onChange: (servers: string[]) => void;
  /** What was seen, by the address at which it was looked at. */
  looks: ReadonlyMap<string, ServerLook>;
  working: boolean;
  failure: unknown;
}

/** The addresses of license servers, in the order in which they are tried, and what is seen at each. */
export function ServersPage({ servers, onChange, looks, working, failure }: ServersProps) {
  const swap = (at: number, by: number) => {
    const moved = [...servers];
    [moved[at], moved[at + by]] = [moved[at + by]!, moved[at]!];
    onChange(moved);
  };
  return (
    <Stack spacing={2}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        The address stands on the first page of the license server's console. Where there are several servers, they are tried from the first on.
      </Typography>
      <Stack component="ol" spacing={1.5} sx={{ listStyle: 'none', m: 0, p: 0 }} aria-label="License servers">
        {servers.map((server, index) => {
          const look = looks.get(addressOf(server));
          const name = servers.length === 1 ? 'License server' : `License server ${index + 1}`;
          return (
            <Box component="li" key={index}>
              <Stack direction="row" spacing={0.5} useFlexGap sx={{ alignItems: 'center', justifyContent: 'flex-end', flexWrap: { xs: 'wrap', sm: 'nowrap' } }}>
                <TextField label={name} value={server} fullWidth autoFocus={index === servers.length - 1} placeholder={`licenses.plant.example:${PORT}`} autoComplete="off"
                  onChange={event => onChange(servers.map((one, at) => (at === index ? event.target.value : one)))}
                  slotProps={{ htmlInput: { spellCheck: false, inputMode: 'url', style: { fontFamily: MONOSPACE, fontSize: '0.875rem' } }, inputLabel: { shrink: true } }} />
                {servers.length > 1 ? (
                  <>
                    <IconButton size="small" aria-label={`Try server ${index + 1} earlier`} disabled={index === 0} onClick={() => swap(index, -1)}><Icon name="fold" fontSize="small" sx={{ transform: 'scaleY(-1)' }} /></IconButton>
                    <IconButton size="small" aria-label={`Try server ${index + 1} later`} disabled={index === servers.length - 1} onClick={() => swap(index, 1)}><Icon name="fold" fontSize="small" /></IconButton>
                    <IconButton size="small" aria-label={`Remove server ${index + 1}`} onClick={() => onChange(servers.filter((_, at) => at !== index))}><Icon name="remove" fontSize="small" /></IconButton>
                  </>
                ) : null}
              </Stack>
              {look && !working ? <Seen of={look} /> : null}
            </Box>
          );
        })}
      </Stack>
      {servers.length < MOST_SERVERS ? <Box><Button size="small" startIcon={<Icon name="add" />} onClick={() => onChange([...servers, ''])}>Add another server</Button></Box> : null}
      {working ? <Working text={`Looking at ${plural(servers.filter(one => one.trim() !== '').length, 'license server')}`} /> : null}
      <Failure of={failure} />
    </Stack>
  );
}

function Seen({ of }: { of: ServerLook }) {
  const good = of.reachable && of.trusted && of.pools.length > 0;
  return (
    <Box role="status" sx={{ display: 'flex', gap: 1, pt: 0.75, pl: 0.25 }}>
      <Box sx={{ color: good ? 'success.main' : 'warning.main', display: 'flex', pt: '1px' }}><Icon name={good ? 'good' : 'attention'} fontSize="small" /></Box>
      <Box sx={{ minWidth: 0 }}>
        {of.message ? <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}><Sentence text={of.message} /></Typography> : null}
        {of.pools.map(pool => <Typography key={pool.license} variant="body2" sx={{ overflowWrap: 'anywhere' }}><Offer of={pool} /></Typography>)}
      </Box>
    </Box>
  );
}

function Offer({ of }: { of: PoolLook }) {
  return (
    <>
      <Box component="span" sx={{ fontWeight: 600 }}>{of.free > 0 ? `${of.free} of ${plural(of.seats, 'seat')} free` : `All ${plural(of.seats, 'seat')} taken`}</Box>
      {of.features.length > 0 ? `: ${of.features.map(feature => feature.title).join(', ')}` : ''}
      {of.until ? <>, until <Moment at={of.until} /></> : null}
    </>
  );
}

export interface Offered {
  name: string;
  title: string;
  /** How many seats with it are free; unknown where they are not counted one by one. */
  free: number | undefined;
}

/** Whether a seat can be asked for there. */
export function lends(look: ServerLook): boolean {
  return look.reachable && look.trusted && look.pools.length > 0;
}

/** The features that any of the servers lends, each with what is free of it at all of them. */
export function offeredBy(looks: readonly ServerLook[]): Offered[] {
  const found = new Map<string, Offered>();
  for (const feature of looks.filter(lends).flatMap(look => look.pools).flatMap(pool => pool.features)) {
    const before = found.get(feature.name);
    const free = feature.free ?? undefined;
    if (!before) found.set(feature.name, { name: feature.name, title: feature.title, free });
    else if (before.free !== undefined) before.free = free === undefined ? undefined : before.free + free;
  }
  return [...found.values()];
}

interface FeaturesProps {
  offered: readonly Offered[];
  /** The names of those that are asked for; absent: all. */
  chosen: readonly string[] | undefined;
  onChoose: (names: string[]) => void;
  slot: string;
  onSlot: (slot: string) => void;
  looks: readonly ServerLook[];
}

/** Which features the seat is to have: what is not asked for stays free for others. */
export function FeaturesPage({ offered, chosen, onChoose, slot, onSlot, looks }: FeaturesProps) {
  const taken = chosen ?? offered.map(feature => feature.name);
  const scarce = offered.filter(feature => feature.free !== undefined && feature.free <= 0 && taken.includes(feature.name));
  const full = looks.filter(lends).every(look => look.pools.every(pool => pool.free <= 0));
  return (
    <Stack spacing={2}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>What is not asked for stays free for others. It can be changed later, on this page.</Typography>
      {offered.length === 0 ? <Typography>This license names no features: the seat is for the product as a whole.</Typography> : (
        <Box role="group" aria-label="Features" sx={{ display: 'flex', flexDirection: 'column', gap: 0.25 }}>
          {offered.map(feature => (
            <Box key={feature.name} component="label" sx={{ display: 'flex', alignItems: 'flex-start', gap: 0.5, cursor: 'pointer', borderRadius: 1, '&:hover': { bgcolor: 'action.hover' } }}>
              <Checkbox size="small" checked={taken.includes(feature.name)} value={feature.name}
                onChange={event => onChoose(offered.map(one => one.name).filter(name => (name === feature.name ? event.target.checked : taken.includes(name))))} />
              <Box sx={{ pt: 0.875, minWidth: 0 }}>
                <Typography component="span" sx={{ overflowWrap: 'anywhere' }}>{feature.title}</Typography>
                {feature.free === undefined ? null : <Typography component="span" variant="body2" sx={{ ml: 1, color: feature.free > 0 ? 'text.secondary' : 'warning.main' }}>{feature.free > 0 ? `${feature.free} free` : 'none free now'}</Typography>}
              </Box>
            </Box>
          ))}
        </Box>
      )}
      <Box component="details" open={slot !== '' || undefined} sx={{ '& summary': { cursor: 'pointer', fontSize: '0.875rem', color: 'text.secondary' } }}>
        <summary>For containers: a named slot</summary>
        <TextField label="Named slot" value={slot} onChange={event => onSlot(event.target.value)} autoComplete="off" fullWidth sx={{ mt: 1.5, maxWidth: 420 }}
          helperText="A seat that belongs to this name. A container that is built anew under the same name gets it back at once." />
      </Box>
      {scarce.length > 0 && !full ? <Note>No seat with {scarce.map(feature => feature.title).join(', ')} is free now. Leave it out to take a seat at once.</Note> : null}
      {full ? <Note>All seats are taken now. Where the license server keeps a queue, this server waits in it and takes a seat by itself as soon as one is free.</Note> : null}
    </Stack>
  );
}

/** Asking for a seat, and what came of it. */
export function Taken({ of }: { of: LicenseDocument }) {
  const seat = of.seat;
  if (!seat) return null;
  return <Facts of={[['Seat from', seat.server], ['Renewed', <>by itself, next <Moment at={seat.nextRenewal} as="sentence" /></>]]} />;
}
