import { Listing, PageHead, useMay } from '@charter/console-kit';
import { Confirm, DocumentField, Empty, Failure, Icon, Moment, MONOSPACE, Note, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { post, put, remove, useChange, usePages, useRead, type ReadOf } from '../api';

type Listener = ReadOf<'/api/listeners'>['items'][number];
type Certificate = ReadOf<'/api/certificates'>['items'][number];

const KINDS: Record<string, string> = { tcp: 'TCP', tls: 'TLS', ws: 'WebSocket', wss: 'Secure WebSocket' };
const SCHEMES: Record<string, string> = { tcp: 'mqtt', tls: 'mqtts', ws: 'ws', wss: 'wss' };

/** Where clients connect. A listener that listens everywhere is reached by whatever name the console was. */
export function addressOf(listener: Listener): string | undefined {
  if (!listener.listensOn) return undefined;
  const everywhere = listener.address === '0.0.0.0' || listener.address === '::';
  const host = everywhere ? window.location.hostname : listener.address.includes(':') ? `[${listener.address}]` : listener.address;
  return `${SCHEMES[listener.kind] ?? listener.kind}://${host}:${listener.listensOn}${listener.kind.startsWith('ws') ? '/mqtt' : ''}`;
}

type Open = { what: 'listener'; at?: number } | { what: 'certificate'; renew?: string } | { what: 'delete-listener'; at: number } | { what: 'delete-certificate'; certificate: Certificate };

export default function Listeners() {
  const listeners = useRead('/api/listeners', { every: 10_000 });
  const certificates = usePages('/api/certificates');
  const administrator = useMay('administrator');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const all = listeners.data?.items ?? [];
  const names = certificates.answer.data?.items.map(one => one.name) ?? [];
  return (
    <>
      <PageHead title="Listeners and certificates" />
      <Failure of={listeners.error} again={() => void listeners.refetch()} />
      {listeners.data?.restartNeeded ? <Note kind="warning">Something was changed that holds from the server's next start on. Restart it when it suits you.</Note> : null}
      <Section title="Listeners" aside={administrator ? <Button size="small" variant="outlined" startIcon={<Icon name="add" />} onClick={() => setOpen({ what: 'listener' })}>Add a listener</Button> : undefined}>
        {listeners.isPending ? <Working text="Reading listeners" /> : null}
        {listeners.data && all.length === 0 ? <Empty title="MQTT clients cannot connect: there is no listener" icon="listeners">Add one: a port at which MQTT clients connect.</Empty> : null}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {all.map((listener, index) => {
            const address = addressOf(listener);
            return (
              <Box component="li" key={listener.name} sx={theme => ({ display: 'flex', flexWrap: 'wrap', gap: 1.5, py: 1.5, alignItems: 'center', borderTop: index === 0 ? 'none' : `1px solid ${theme.palette.divider}` })}>
                <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
                  <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{listener.name} <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>{KINDS[listener.kind] ?? listener.kind}</Box></Typography>
                  <Typography variant="body2" sx={{ fontFamily: address ? MONOSPACE : undefined, overflowWrap: 'anywhere', color: address ? 'text.primary' : 'text.secondary' }}>
                    {address ?? (listener.enabled ? `Not open; port ${listener.port || 'any'} from the next start on` : 'Switched off')}
                  </Typography>
                  <Typography variant="caption" sx={{ color: 'text.secondary' }}>
                    {[listener.certificate ? `certificate ${listener.certificate}` : '', listener.fromSettings ? 'from the settings' : ''].filter(Boolean).join(', ')}
                  </Typography>
                </Box>
                {administrator && !listener.fromSettings ? (
                  <Stack direction="row" spacing={0.5} sx={{ ml: { xs: -1.25, sm: 0 } }}>
                    <Button size="small" onClick={() => setOpen({ what: 'listener', at: index })} aria-label={`Change ${listener.name}`}>Change</Button>
                    <Button size="small" color="error" onClick={() => setOpen({ what: 'delete-listener', at: index })} aria-label={`Delete ${listener.name}`}>Delete</Button>
                  </Stack>
                ) : null}
              </Box>
            );
          })}
        </Box>
      </Section>
      <Box>
        <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 1, flexWrap: 'wrap', gap: 1 }}>
          <Typography variant="h2">Certificates</Typography>
          {administrator ? <Button size="small" variant="outlined" startIcon={<Icon name="add" />} onClick={() => setOpen({ what: 'certificate' })}>Add a certificate</Button> : null}
        </Stack>
        <Listing label="Certificates" pages={certificates} rows={answer => answer.items} idOf={(one: Certificate) => one.name}
          columns={[
            { id: 'name', title: 'Name', cell: one => one.name },
            { id: 'subject', title: 'For', cell: one => (one.names.length > 0 ? one.names.join(', ') : one.subject) },
            { id: 'until', title: 'Valid until', cell: one => <Moment at={one.until} /> },
            { id: 'used', title: 'Used by', cell: one => (one.usedBy.length > 0 ? one.usedBy.join(', ') : 'none') },
            { id: 'print', title: 'SHA-256', cell: one => <Box component="span" title={one.fingerprint} sx={{ fontFamily: MONOSPACE, fontSize: '0.8125rem', whiteSpace: 'nowrap' }}>{one.fingerprint.slice(0, 17)}…</Box> },
          ]}
          empty={<Empty title="There is no certificate" icon="credentials">TLS and secure WebSocket need one: a PEM file with the certificate, and one with its private key. The key never leaves this server again.</Empty>}
          {...(administrator ? {
            actions: (one: Certificate) => (one.fromSettings ? null : <>
              <Button size="small" onClick={() => setOpen({ what: 'certificate', renew: one.name })} aria-label={`Renew ${one.name}`}>Renew</Button>
              <Button size="small" color="error" onClick={() => setOpen({ what: 'delete-certificate', certificate: one })} aria-label={`Delete ${one.name}`}>Delete</Button>
            </>),
          } : {})} />
      </Box>
      {open?.what === 'listener' ? <EditListener all={all} {...(open.at === undefined ? {} : { at: open.at })} certificates={names} onClose={close} /> : null}
      {open?.what === 'delete-listener' ? <DeleteListener all={all} at={open.at} onClose={close} /> : null}
      {open?.what === 'certificate' ? <EditCertificate {...(open.renew === undefined ? {} : { renew: open.renew })} onClose={close} /> : null}
      {open?.what === 'delete-certificate' ? <DeleteCertificate of={open.certificate} onClose={close} /> : null}
    </>
  );
}

function asKept({ name, kind, address, port, enabled, certificate }: Listener) {
  return { name, kind, address, port, enabled, ...(certificate ? { certificate } : {}) };
}

function EditListener({ all, at, certificates, onClose }: { all: readonly Listener[]; at?: number; certificates: readonly string[]; onClose: () => void }) {
  const before = at === undefined ? undefined : all[at];
  const [name, setName] = useState(before?.name ?? '');
  const [kind, setKind] = useState(before?.kind ?? 'ws');
  const [address, setAddress] = useState(before?.address ?? '127.0.0.1');
  const [port, setPort] = useState(String(before?.port ?? 8000));
  const [enabled, setEnabled] = useState(before?.enabled ?? true);
  const [certificate, setCertificate] = useState(before?.certificate ?? certificates[0] ?? '');
  const secure = kind === 'tls' || kind === 'wss';
  const save = useChange(() => {
    const mine = { name: name.trim(), kind, address: address.trim(), port: Number(port), enabled, ...(secure && certificate !== '' ? { certificate } : {}) };
    return put('/api/listeners', { items: at === undefined ? [...all.map(asKept), mine] : all.map((one, index) => (index === at ? mine : asKept(one))) });
  }, ['/api/listeners', '/api/certificates'], onClose);
  const number = Number(port);
  const portGood = Number.isInteger(number) && number >= 0 && number <= 65_535 && port.trim() !== '';
  return (
    <Confirm title={before ? `Change ${before.name}` : 'Add a listener'} does={before ? 'Change the listener' : 'Add the listener'} working={save.isPending} disabled={name.trim() === '' || !portGood || (secure && certificate === '')} failure={save.error}
      onYes={() => save.mutate(undefined)} onNo={onClose}>
      <TextField label="Name" value={name} onChange={event => setName(event.target.value)} autoFocus fullWidth autoComplete="off" />
      <TextField select label="Kind" value={kind} onChange={event => setKind(event.target.value)} fullWidth>
        {Object.entries(KINDS).map(([id, title]) => <MenuItem key={id} value={id}>{title}</MenuItem>)}
      </TextField>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5}>
        <TextField label="IP address" value={address} onChange={event => setAddress(event.target.value)} fullWidth helperText="0.0.0.0 for all of this machine" />
        <TextField label="Port" value={port} onChange={event => setPort(event.target.value)} error={!portGood} fullWidth helperText="0 takes any free one" slotProps={{ htmlInput: { inputMode: 'numeric' } }} />
      </Stack>
      {secure ? (
        certificates.length === 0 ? <Note kind="warning">This kind needs a certificate, and there is none yet. Add one first.</Note> : (
          <TextField select label="Certificate" value={certificate} onChange={event => setCertificate(event.target.value)} fullWidth>
            {certificates.map(one => <MenuItem key={one} value={one}>{one}</MenuItem>)}
          </TextField>
        )
      ) : null}
      <FormControlLabel control={<Switch checked={enabled} onChange={event => setEnabled(event.target.checked)} />} label="Open it" />
      <Typography variant="body2">It holds from the server's next start on.</Typography>
    </Confirm>
  );
}

function DeleteListener({ all, at, onClose }: { all: readonly Listener[]; at: number; onClose: () => void }) {
  const change = useChange(() => put('/api/listeners', { items: all.filter((_, index) => index !== at).map(asKept) }), ['/api/listeners', '/api/certificates'], onClose);
  return (
    <Confirm title={`Delete the listener ${all[at]?.name ?? ''}?`} does="Delete the listener" destroys working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography>From the server's next start on, MQTT clients that use it cannot connect.</Typography>
    </Confirm>
  );
}

function EditCertificate({ renew, onClose }: { renew?: string; onClose: () => void }) {
  const [name, setName] = useState(renew ?? '');
  const [certificate, setCertificate] = useState('');
  const [privateKey, setPrivateKey] = useState('');
  const save = useChange(async () => {
    if (renew) await put('/api/certificates/{name}', { certificate, privateKey }, { name: renew });
    else await post('/api/certificates', { name: name.trim(), certificate, privateKey });
  }, ['/api/certificates'], onClose);
  const looks = (text: string, wanted: string, other: string) => (text === '' ? undefined
    : text.includes(wanted) ? { good: true, text: 'That is a PEM text of the right kind.' }
      : { good: false, text: text.includes(other) ? 'That belongs in the other field.' : 'That is not PEM: it should begin with -----BEGIN.' });
  return (
    <Confirm title={renew ? `Renew ${renew}` : 'Add a certificate'} does={renew ? 'Renew the certificate' : 'Add the certificate'} working={save.isPending} disabled={name.trim() === '' || certificate === '' || privateKey === ''} failure={save.error}
      onYes={() => save.mutate(undefined)} onNo={onClose}>
      {renew ? null : <TextField label="Name" value={name} onChange={event => setName(event.target.value)} autoFocus fullWidth autoComplete="off" />}
      <DocumentField label="Certificate, then those above it (PEM)" what="a certificate" value={certificate} onChange={setCertificate} verdict={looks(certificate, 'BEGIN CERTIFICATE', 'PRIVATE KEY')} />
      <DocumentField label="Private key (PEM, PKCS#8, not encrypted)" what="a private key" value={privateKey} onChange={setPrivateKey} verdict={looks(privateKey, 'PRIVATE KEY', 'BEGIN CERTIFICATE')} />
    </Confirm>
  );
}

function DeleteCertificate({ of, onClose }: { of: Certificate; onClose: () => void }) {
  const change = useChange(() => remove('/api/certificates/{name}', { name: of.name }), ['/api/certificates', '/api/listeners'], onClose);
  return (
    <Confirm title={`Delete the certificate ${of.name}?`} does="Delete the certificate" destroys working={change.isPending} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <Typography>Lost are the certificate and its private key.{of.usedBy.length > 0 ? ` From the next start on, ${of.usedBy.join(', ')} cannot be opened.` : ''}</Typography>
    </Confirm>
  );
}
