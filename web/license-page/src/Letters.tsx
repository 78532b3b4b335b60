import { Actions, Confirm, DocumentBox, DocumentInput, Facts, Failure, Icon, Message, Moment, Note, Problem, QrCode, Section, type DocumentCheck } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ActivationOutcome, LicenseApi, LicenseDocument, NewActivation, NewRequest, UsageRequest } from './api';

/** The problem of a server on which another request waits. */
const WAITING = 'REQUEST_WAITING';

/** Makes usage requests. */
export function useNewRequest(api: LicenseApi, of: LicenseDocument | undefined, onMade: (document: LicenseDocument) => void) {
  const { ask, ...request } = useAskedFirst(of, { does: 'Make a new request', then: 'The new request only. Send that one, also where the old one was sent already' }, api.makeRequest, onMade);
  return { ...request, make: (wanted: NewRequest) => ask(wanted) };
}

/** Asks the vendor for a license over the network. */
export function useActivation(api: LicenseApi, of: LicenseDocument, onAnswered: (outcome: ActivationOutcome) => void, onKept: () => void) {
  return useAskedFirst(of, { does: 'Ask the vendor online', then: 'What this server asks online, also where the vendor is not reached' }, (wanted: NewActivation) => api.activate(wanted), onAnswered, onKept);
}

/**
 * Asks the vendor, by letter or over the network. Where a letter waits already, the question stands on the page whether a new request may take its place;
 * nothing is superseded without that.
 *
 * @param words what a yes does, and what counts after it
 * @param onKept after a no
 */
function useAskedFirst<Wanted extends { supersede?: boolean | undefined }, Answered>(of: LicenseDocument | undefined, { does, then }: { does: string; then: string }, send: (wanted: Wanted) => Promise<Answered>,
  onAnswered: (answer: Answered) => void, onKept?: () => void) {
  const making = useMutation({ mutationFn: send, onSuccess: onAnswered });
  const oneWaits = making.error instanceof Problem && making.error.code === WAITING;
  const superseding = making.variables?.supersede === true;
  const asks = oneWaits || (superseding && (making.isPending || making.isError));
  const waiting = of?.usageRequest;
  const question = asks ? (
    <Confirm title={`${does}?`} does={does} destroys working={making.isPending} failure={oneWaits ? undefined : making.error}
      onYes={() => { if (making.variables) making.mutate({ ...making.variables, supersede: true }); }} onNo={() => { making.reset(); onKept?.(); }}>
      <Typography>{oneWaits ? making.error?.message : 'A request waits for its answer already. A new one takes its place.'}</Typography>
      <Facts of={[
        ['What is lost', waiting ? <>The request of <Moment at={waiting.since} as="sentence" />: a usage license that answers it will be refused here</> : 'The request that waits: a usage license that answers it will be refused here'],
        ['What then counts', then],
      ]} />
    </Confirm>
  ) : null;
  return { ask: making.mutate, answer: making.data, working: making.isPending, failure: asks ? undefined : making.error, reset: making.reset, question };
}

/** Where a letter goes, as links; where the product does not know it, who does. */
function addresses(mailto: string | undefined, supportEmail: string | undefined, portalUrl: string | undefined): [string, ReactNode][] {
  return [
    ['By e-mail', supportEmail ? <Link href={mailto ?? `mailto:${supportEmail}`}>{supportEmail}</Link> : undefined],
    ['In the portal', portalUrl ? <Link href={portalUrl} target="_blank" rel="noreferrer">{portalUrl}</Link> : undefined],
    ['Where to', supportEmail || portalUrl ? undefined : 'This product does not know the vendor\u2019s address. It stands in the letter that brought the license key.'],
  ];
}

/** A letter to give away: as text, file, mail and QR code. */
function Letter({ name, text, file, codes, children }: { name: string; text: string; file: string; codes: readonly string[]; children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: codes.length > 0 ? 'minmax(0, 1fr) minmax(0, 351px)' : 'minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Stack spacing={2} sx={{ minWidth: 0 }}>
        <DocumentBox name={name} text={text} file={file} />
        {children}
      </Stack>
      {codes.length > 0 ? <QrCode texts={codes} name={name} /> : null}
    </Box>
  );
}

interface RequestWindowProps {
  of: LicenseDocument;
  request: UsageRequest;
  /** Leads to where the answer is given; absent for who may only look. */
  onUpload?: (() => void) | undefined;
  onClose: () => void;
}

/** The window "Offline Activation": the usage request that waits, and every way to send it. */
export function RequestWindow({ of, request, onUpload, onClose }: RequestWindowProps) {
  const vendor = of.vendor?.name ?? 'the vendor';
  const email = request.supportEmail ?? of.vendor?.supportEmail;
  const portal = request.portalUrl ?? of.vendor?.portalUrl;
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="charter-request-title"
      slotProps={{ paper: { sx: { m: { xs: 1, sm: 4 }, width: { xs: 'calc(100% - 16px)', sm: 'calc(100% - 64px)' }, maxHeight: { xs: 'calc(100% - 16px)', sm: 'calc(100% - 64px)' } } } }}>
      <DialogTitle id="charter-request-title" sx={{ fontSize: '1.125rem', fontWeight: 650 }}>Offline Activation</DialogTitle>
      <DialogContent>
        <Stack spacing={2.5}>
          <Note>
            <Typography component="p" variant="body2" sx={{ fontWeight: 600 }}>
              {request.update ? <>Send this request to {vendor}: it asks for what has changed in license {request.licenseId ?? of.license?.id}.</> : <>Send this usage request to {vendor}. The usage license comes back.</>}
            </Typography>
            <Typography component="p" variant="body2">
              {request.update ? 'The license keeps working meanwhile. ' : ''}Made <Moment at={request.since} as="sentence" />; it is the one that counts. It is kept here until its answer is installed: you may close this window.
            </Typography>
          </Note>
          <Letter name="Usage request" text={request.text} file={request.fileName} codes={request.codes}>
            {request.mailto ? <Actions><Button variant="contained" href={request.mailto} startIcon={<Icon name="publish" />}>Write an e-mail</Button></Actions> : null}
            <Facts of={[
              ...addresses(request.mailto, email, portal),
              ['By phone', portal ? 'Its camera reads the QR code and opens the portal, which answers at once.' : 'Its camera reads the QR code; send what it reads.'],
              ['What comes back', 'A usage license: a mail or file to upload here, or a QR code to scan.'],
            ]} />
          </Letter>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5, flexWrap: 'wrap', gap: 1 }}>
        <Button onClick={onClose}>Close</Button>
        {onUpload ? <Button variant="outlined" onClick={onUpload}>Upload Usage License</Button> : null}
      </DialogActions>
    </Dialog>
  );
}

interface UploadProps {
  api: LicenseApi;
  of: LicenseDocument;
  text: string;
  onText: (text: string) => void;
  onVerdict: (verdict: DocumentCheck | undefined) => void;
  /** What became of the last try. */
  outcome: ActivationOutcome | undefined;
  failure: unknown;
}

/** Takes the answer to a letter. */
export function Upload({ api, of, text, onText, onVerdict, outcome, failure }: UploadProps) {
  const waiting = of.usageRequest;
  const told = outcome && outcome.outcome !== 'activated' && outcome.outcome !== 'acknowledged'
    ? <Note kind={outcome.outcome === 'refused' ? 'error' : 'warning'}><Message text={outcome.message} code={outcome.code} /></Note> : undefined;
  return (
    <Stack spacing={2}>
      <Typography>
        {waiting ? <>Give here the usage license that answers the request of <Moment at={waiting.since} as="sentence" />: as file, as text, or the whole mail.</>
          : 'Give here what the vendor sent: as file, as text, or the whole mail.'}
      </Typography>
      <DocumentInput label="Usage license" what="a usage license" value={text} onChange={onText} check={api.checkLetter} onVerdict={onVerdict} outcome={told} autoFocus />
      <Failure of={failure} />
    </Stack>
  );
}

/** The code that proves a deactivation. */
export function Proof({ of }: { of: LicenseDocument }) {
  const released = of.released;
  if (!released) return null;
  const codes = released.codes ?? [];
  return (
    <Section title="Deactivation code">
      <Stack spacing={2}>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          License {released.licenseId}, given up <Moment at={released.at} as="stamp" />.{' '}
          {released.acknowledged ? 'The vendor has confirmed it.' : 'The vendor has not confirmed it yet: the activation is free for another server as soon as this code has arrived there. It stays on this page until something else is activated.'}
        </Typography>
        <Letter name="Deactivation code" text={released.proof} file={released.fileName ?? `deactivation-${released.licenseId}.txt`} codes={codes}>
          {released.acknowledged ? null : (
            <>
              {released.mailto ? <Actions><Button variant="contained" href={released.mailto} startIcon={<Icon name="publish" />}>Write an e-mail</Button></Actions> : null}
              <Facts of={addresses(released.mailto, of.vendor?.supportEmail, of.vendor?.portalUrl)} />
            </>
          )}
        </Letter>
      </Stack>
    </Section>
  );
}
