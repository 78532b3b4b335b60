import { PageHead, useMay } from '@charter/console-kit';
import { Actions, Code, Confirm, DocumentBox, DocumentField, Empty, Facts, Failure, Icon, type IconName, messageOf, Moment, MONOSPACE, Note, numberWords, plural, Problem, QrCode, Section, Sentence, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type ReactNode } from 'react';
import { post, useChange, useOverview, type PoolView, type ProductView } from '../api';
import { letterTo, whatIs } from '../letters';

const CHANGED = ['/api/overview', '/api/server-info'] as const;

export default function License() {
  const overview = useOverview();
  const of = overview.data;
  if (!of) return overview.isPending ? <Working text="Reading the licenses" /> : <Failure of={overview.error} again={() => void overview.refetch()} />;
  return (
    <>
      <PageHead title="License">The license of this server is a pool of seats. It comes from the vendor: by letter, or over the internet where this server reaches it.</PageHead>
      <Failure of={overview.error} />
      {of.products.length === 0 ? <Empty title="No product is named" icon="license">The setting CHARTER_FLOATING_PRODUCTS names the products whose seats this server lends. Set it and start the server again.</Empty>
        : of.products.map(product => <Product key={product.product} of={product} pool={of.pools.find(pool => pool.license === product.license)} />)}
    </>
  );
}

type Tone = 'success' | 'info' | 'warning' | 'error';

const APPEARANCES: Record<string, { tone: Tone; icon: IconName }> = {
  licensed: { tone: 'success', icon: 'good' }, 'ending-soon': { tone: 'warning', icon: 'clock' }, grace: { tone: 'warning', icon: 'attention' }, emergency: { tone: 'warning', icon: 'attention' },
  degraded: { tone: 'warning', icon: 'attention' }, 'clock-behind': { tone: 'warning', icon: 'clock' }, 'not-started': { tone: 'info', icon: 'clock' }, released: { tone: 'info', icon: 'license' },
  'never-licensed': { tone: 'info', icon: 'key' },
};

const IN_FORCE = ['licensed', 'ending-soon', 'grace', 'emergency', 'degraded', 'clock-behind'];

type Open = 'letter' | 'online' | 'update' | 'release' | undefined;

/** What is, what it means, what to do now: the license of one product. */
function Product({ of, pool }: { of: ProductView; pool: PoolView | undefined }) {
  const administrator = useMay('administrator');
  const [open, setOpen] = useState<Open>();
  const { tone, icon } = APPEARANCES[of.state] ?? { tone: 'error', icon: 'stopped' };
  const reactivation = useChange(() => post('/api/products/{product}/reactivations', undefined, { product: of.product }), CHANGED);
  const has = of.license !== undefined && of.state !== 'released';
  const close = () => setOpen(undefined);
  return (
    <Section title={<Box component="span" sx={{ overflowWrap: 'anywhere' }}>{of.product}</Box>}>
      <Stack spacing={2.5}>
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start' }} data-state={of.state}>
          <Box aria-hidden sx={{ width: 40, height: 40, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: `${tone}.light`, color: `${tone}.main` }}><Icon name={icon} /></Box>
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontSize: '1.125rem', fontWeight: 650, overflowWrap: 'anywhere' }}><Sentence text={of.headline} /></Typography>
            <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Sentence text={of.meaning} /></Typography>
          </Box>
        </Box>
        {has || of.wantedSeats !== undefined ? (
          <Facts of={[
            ['License ID', has ? <Code of={of.license ?? ''} /> : undefined],
            ['Customer', of.customer],
            ['Seats', pool ? plural(pool.seats, 'seat') : undefined],
            ['Wanted seats', of.wantedSeats === undefined ? undefined : plural(of.wantedSeats, 'seat')],
            ['Valid until', of.until ? <Moment at={of.until} /> : has ? 'Perpetual' : undefined],
            ['Updated', !has ? undefined : of.online ? 'By itself, where the vendor is reached; or by letter' : 'By letter'],
          ]} />
        ) : null}
        {administrator ? (
          <Actions>
            {has && of.online ? (
              <Button variant="contained" onClick={() => reactivation.mutate(undefined)} disabled={reactivation.isPending}
                startIcon={reactivation.isPending ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : <Icon name="refresh" />}>Reactivate</Button>
            ) : null}
            {!has && of.online ? <Button variant="contained" onClick={() => setOpen('online')}>Activate online</Button> : null}
            {has ? <Button variant={of.online ? 'outlined' : 'contained'} onClick={() => setOpen('update')}>Ask for a change</Button> : <Button variant={of.online || of.request ? 'outlined' : 'contained'} onClick={() => setOpen('letter')}>{of.request ? 'Make another request' : 'Make a request'}</Button>}
            {has && IN_FORCE.includes(of.state) ? <Button variant="outlined" color="error" onClick={() => setOpen('release')}>Deactivate</Button> : null}
          </Actions>
        ) : null}
        {reactivation.error ? <Failure of={reactivation.error} /> : reactivation.data ? <Note kind="success">The license was fetched again. {reactivation.data.headline}.</Note> : null}
        {of.request ? <Request of={of} request={of.request} /> : null}
        {of.released ? (
          <Letter name="Deactivation code" text={of.released.text} file={of.released.fileName} codes={of.released.codes} subject={`Deactivation of ${of.product}`}>
            Given up <Moment at={of.released.at} as="sentence" />. Send this code to the vendor: it proves that this server lends no seats of the license any more, so that they can be used elsewhere.
          </Letter>
        ) : null}
        {administrator && (of.request || !has) ? <Install of={of} /> : administrator ? <Folded title="Install a usage license that the vendor sent"><Install of={of} /></Folded> : null}
      </Stack>
      {open === 'letter' || open === 'update' || open === 'online' ? <Ask kind={open} of={of} pool={pool} onClose={close} /> : null}
      {open === 'release' ? <Release of={of} pool={pool} onClose={close} /> : null}
    </Section>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="details" sx={{ '& summary': { cursor: 'pointer', fontSize: '0.9375rem', fontWeight: 600, py: 0.5 }, '&[open] summary': { mb: 1.5 } }}>
      <summary>{title}</summary>
      {children}
    </Box>
  );
}

function Request({ of, request }: { of: ProductView; request: NonNullable<ProductView['request']> }) {
  return (
    <Letter name="Server info" text={request.text} file={request.fileName} codes={request.codes} subject={`Usage request for ${of.product}`}>
      Made <Moment at={request.since} as="sentence" />{request.seats === undefined ? '' : `, for ${plural(request.seats, 'seat')}`}; it is the one that counts. Send it to the vendor as it is, by mail, file or phone. It is kept here until its answer is installed.
    </Letter>
  );
}

interface LetterProps {
  name: string;
  text: string;
  file: string;
  /** What is in the QR codes of it. */
  codes?: readonly string[];
  subject: string;
  children: ReactNode;
}

/** A letter to give away: as text, file, mail and QR code. */
export function Letter({ name, text, file, codes = [], subject, children }: LetterProps) {
  return (
    <Box component="section" aria-label={name} sx={theme => ({ p: { xs: 1.5, sm: 2 }, borderRadius: 1.5, border: `1px solid ${theme.palette.divider}` })}>
      <Typography variant="h3" component="h3">{name}</Typography>
      <Typography variant="body2" sx={{ mb: 1.5, color: 'text.secondary' }}>{children}</Typography>
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: codes.length > 0 ? 'minmax(0, 1fr) minmax(0, 400px)' : 'minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Stack spacing={1.5} sx={{ minWidth: 0 }}>
          <DocumentBox name={name} text={text} file={file} />
          <Actions><Button size="small" variant="outlined" href={letterTo(subject, text, file)} startIcon={<Icon name="publish" />}>Write an e-mail</Button></Actions>
        </Stack>
        {codes.length > 0 ? <QrCode texts={codes} name={name} /> : null}
      </Box>
    </Box>
  );
}

function Install({ of }: { of: ProductView }) {
  const [text, setText] = useState('');
  const install = useChange(() => post('/api/products/{product}/usage-licenses', { text }, { product: of.product }), CHANGED, () => setText(''));
  const verdict = text.trim() === '' ? undefined : whatIs(text);
  return (
    <Stack component="form" noValidate spacing={1.5} onSubmit={event => { event.preventDefault(); if (verdict?.good && !install.isPending) install.mutate(undefined); }}>
      {of.request ? <Typography variant="h3" component="h3">What the vendor sent back</Typography> : null}
      <DocumentField label={`Usage license of ${of.product}`} what="a usage license" value={text} onChange={given => { install.reset(); setText(given); }} verdict={install.error ? undefined : verdict} />
      <Failure of={install.error} />
      {install.isSuccess && text === '' ? <Note kind="success">Installed. {install.data.headline}.</Note> : null}
      <Box><Button type="submit" variant={of.request ? 'contained' : 'outlined'} disabled={!verdict?.good || install.isPending}>Install usage license</Button></Box>
    </Stack>
  );
}

const ASKS = {
  letter: { title: 'Make a request', does: 'Make the request', tells: 'The request is a letter: this server’s name and fingerprint, and the proof that it knows the license key. The key itself is not in it. Send it to the vendor; the usage license comes back.' },
  online: { title: 'Activate online', does: 'Activate', tells: 'The vendor is asked over the internet, now. The key itself does not leave this server.' },
  update: { title: 'Ask for a change', does: 'Make the request', tells: 'The license stays in force meanwhile. The request asks for what the vendor has changed, and for the number of seats that this server is to lend.' },
} as const;

const MOST_SEATS = 10_000_000;

/** Asks the vendor for seats. Where a request waits already, nothing is superseded without a yes. */
function Ask({ kind, of, pool, onClose }: { kind: keyof typeof ASKS; of: ProductView; pool: PoolView | undefined; onClose: () => void }) {
  const [key, setKey] = useState('');
  const [seats, setSeats] = useState('');
  const wanted = { ...(key.trim() === '' ? {} : { key: key.trim() }), ...(seats.trim() === '' ? {} : { seats: Number(seats) }) };
  const ask = useChange(async (supersede: boolean) => {
    const order = { ...wanted, ...(supersede ? { supersede } : {}) };
    const product = { product: of.product };
    return kind === 'online' ? post('/api/products/{product}/activations', { ...order, key: key.trim() }, product) : post('/api/products/{product}/usage-requests', order, product);
  }, CHANGED, onClose);
  const waits = ask.error instanceof Problem && ask.error.code === 'REQUEST_WAITING';
  const number = Number(seats);
  const wrong = seats.trim() !== '' && (!Number.isInteger(number) || number < (of.wantedSeats === undefined ? 1 : 0) || number > MOST_SEATS);
  const fewer = pool !== undefined && seats.trim() !== '' && !wrong && number > 0 && number < pool.seats;
  return (
    <Confirm title={waits ? 'Make a new request?' : `${ASKS[kind].title}: ${of.product}`} does={waits ? 'Make a new request' : ASKS[kind].does} destroys={waits} working={ask.isPending} disabled={wrong || (kind !== 'update' && key.trim() === '')}
      failure={waits ? undefined : ask.error} onYes={() => ask.mutate(waits)} onNo={onClose}>
      {waits ? (
        <>
          <Typography>{messageOf(ask.error)}</Typography>
          <Facts of={[['What is lost', of.request ? <>The request of <Moment at={of.request.since} as="sentence" />: a usage license that answers it will be refused here</> : 'The request that waits: a usage license that answers it will be refused here']]} />
        </>
      ) : (
        <>
          <Typography variant="body2">{ASKS[kind].tells}</Typography>
          {kind === 'update' ? null : (
            <TextField label="License key" value={key} onChange={event => setKey(event.target.value)} autoFocus fullWidth autoComplete="off" placeholder="ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2"
              slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE } }, inputLabel: { shrink: true } }} helperText="Five groups of five characters, in any case; from the vendor's letter" />
          )}
          <TextField label="Wanted seats" type="number" value={seats} onChange={event => setSeats(event.target.value)} error={wrong} fullWidth autoFocus={kind === 'update'} slotProps={{ htmlInput: { min: 1 }, inputLabel: { shrink: true } }}
            helperText={wrong ? 'A whole number, 1 or more' : of.wantedSeats === undefined ? 'Empty: all that the license has. Fewer leave seats for another license server.' : `Empty: ${numberWords(of.wantedSeats)} as before. 0: all that the license has.`} />
          {fewer && pool ? <Note>The pool has {plural(pool.seats, 'seat')} now. Seats beyond {number} are lent no more at once, and go back to the vendor when the last of them has run out.</Note> : null}
        </>
      )}
    </Confirm>
  );
}

function Release({ of, pool, onClose }: { of: ProductView; pool: PoolView | undefined; onClose: () => void }) {
  const release = useChange(() => post('/api/products/{product}/deactivations', undefined, { product: of.product }), CHANGED, onClose);
  return (
    <Confirm title={`Deactivate ${of.product} on this server?`} does="Deactivate this license" destroys working={release.isPending} failure={release.error} onYes={() => release.mutate(undefined)} onNo={onClose}>
      <Typography>This server gives the license back, and hands out and renews no seat of it any more.</Typography>
      <Facts of={[
        ['Who is hit', pool ? (pool.taken === 0 ? 'Nobody: no seat is in use' : `${plural(pool.taken, 'product')} with a seat: each works on until its seat runs out, and then has none`) : undefined],
        ['What becomes free', `License ${of.license ?? ''}, for another server, when the last of these seats has run out`],
        ['What you get', of.online ? 'The vendor is told by itself; a deactivation code stays on this page until it is confirmed' : 'A deactivation code to send to the vendor; it stays on this page'],
        ['To undo it', 'Activate this server again with the license key'],
      ]} />
    </Confirm>
  );
}
