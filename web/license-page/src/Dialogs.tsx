import { Code, Confirm, Facts, Message, messageOf, Note, Problem } from '@charter/kit';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import type { LicenseApi, LicenseDocument, ReactivationOutcome } from './api';
import { Changes } from './Changes';

interface DialogProps {
  api: LicenseApi;
  of: LicenseDocument;
  onDone: (document: LicenseDocument) => void;
  onClose: () => void;
}

/** The failure that a refused outcome is, or none. */
function failureOf(outcome: { outcome: string; message?: string | null | undefined; code?: string | null | undefined } | undefined, fine: readonly string[]): Problem | undefined {
  if (!outcome || fine.includes(outcome.outcome)) return undefined;
  return new Problem(200, outcome.message ?? 'It was not possible.', outcome.code ?? undefined);
}

export function Deactivate({ api, of, onDone, onClose }: DialogProps) {
  const deactivation = useMutation({ mutationFn: api.deactivate, onSuccess: outcome => { if (outcome.outcome === 'deactivated') onDone(outcome.license); } });
  const titles = [...(of.license?.features ?? []), ...(of.license?.meters ?? [])].filter(one => one.active).map(one => one.title ?? one.name);
  return (
    <Confirm title={`Deactivate ${of.host?.name ?? 'this server'}?`} does="Deactivate this server" destroys working={deactivation.isPending}
      failure={deactivation.error ?? failureOf(deactivation.data, ['deactivated'])} onYes={() => deactivation.mutate()} onNo={onClose}>
      <Typography>{of.productTitle} on this server gives its {of.seat ? 'seat' : 'license'} back, at once, and is then not licensed.</Typography>
      <Facts of={of.seat ? [
        ['What stops here', titles.length > 0 ? titles.join(', ') : of.productTitle],
        ['What becomes free', `The seat${of.seat.server ? ` at ${of.seat.server}` : ''}, at once, for another server`],
        ['What then happens', 'This server takes no seat by itself, also not after a restart, until somebody chooses one on this page'],
        ['To undo it', `Activate it again ${of.seat.issuer === 'authority' ? 'with the license key' : 'and choose Floating'}; where all seats are taken by then, it has to wait`],
      ] : [
        ['What stops here', titles.length > 0 ? titles.join(', ') : of.productTitle],
        ['What becomes free', `One activation of license ${of.license?.id ?? ''}, for another server${of.license?.type === 'offline' ? ', when the vendor has the deactivation code' : ''}`],
        ['What you get', of.license?.type === 'offline' ? 'A deactivation code to send to the vendor; it stays on this page' : undefined],
        ['To undo it', 'Activate this server again with the license key; that takes an activation'],
      ]} />
    </Confirm>
  );
}

/** Leaves the queue. */
export function StopWaiting({ api, of, onDone, onClose }: DialogProps) {
  const stop = useMutation({ mutationFn: api.deactivate, onSuccess: outcome => { if (outcome.outcome === 'deactivated') onDone(outcome.license); } });
  return (
    <Confirm title="Stop waiting for a seat?" does="Stop waiting" destroys working={stop.isPending} failure={stop.error ?? failureOf(stop.data, ['deactivated'])} onYes={() => stop.mutate()} onNo={onClose}>
      <Typography>{of.productTitle} on this server gives up its place in the queue and takes no seat by itself any more. Who asks again later stands at the end of the queue.</Typography>
    </Confirm>
  );
}

export function StartEmergency({ api, of, onDone, onClose }: DialogProps) {
  const start = useMutation({ mutationFn: api.startEmergency, onSuccess: outcome => { if (outcome.outcome === 'started') onDone(outcome.license); } });
  const signed = of.license?.emergencyDaysSigned ?? 0;
  const left = signed - (of.license?.emergencyDaysUsed ?? 0);
  return (
    <Confirm title="Start an emergency day?" does="Start an emergency day" working={start.isPending} failure={start.error ?? failureOf(start.data, ['started'])}
      onYes={() => start.mutate()} onNo={onClose}>
      <Typography>Everything that the license grants works again for a day, without asking anyone. Your name and the time are kept, and reported to the vendor at the next contact.</Typography>
      <Facts of={[['Emergency days', `${left} of ${signed} left; this takes one, and it does not come back`]]} />
    </Confirm>
  );
}

interface ReactivatedProps {
  outcome: ReactivationOutcome | undefined;
  failure: unknown;
  /** Asks by letter instead, where the vendor is not reached. */
  byLetter: (() => void) | undefined;
}

/** What a reactivation brought: what changed, or why it was not possible. */
export function Reactivated({ outcome, failure, byLetter }: ReactivatedProps) {
  if (failure) return <Note kind="warning"><Message text={messageOf(failure)} code={failure instanceof Problem ? failure.code : undefined} /></Note>;
  if (!outcome) return null;
  if (outcome.outcome !== 'activated') {
    const instead = outcome.outcome === 'unreachable' && byLetter ? <Button color="inherit" size="small" onClick={byLetter}>Ask by letter instead</Button> : undefined;
    return <Note kind="warning" action={instead}><Message text={outcome.message ?? 'The license could not be fetched.'} code={outcome.code} /></Note>;
  }
  const changes = outcome.changes ?? [];
  return (
    <Note kind="success">
      {changes.length === 0 ? (outcome.message ? <Message text={outcome.message} /> : 'The license was fetched again; nothing has changed.') : (
        <>
          <Typography component="p" sx={{ fontWeight: 600 }}>The license was fetched again. What changed:</Typography>
          <Changes of={changes} />
        </>
      )}
    </Note>
  );
}

export function ContactVendor({ of, onClose }: { of: LicenseDocument; onClose: () => void }) {
  const { vendor, license, host } = of;
  const id = license?.id ?? of.released?.licenseId;
  const about = `License ${id ?? '(none)'}, ${of.productTitle} on ${host?.name ?? 'this server'}`;
  return (
    <Confirm title={`Contact ${vendor?.name ?? 'the vendor'}`} does={vendor?.supportEmail ? 'Write an e-mail' : 'Close'} onNo={onClose}
      onYes={() => {
        if (vendor?.supportEmail) window.location.assign(`mailto:${vendor.supportEmail}?subject=${encodeURIComponent(about)}`);
        onClose();
      }}>
      <Typography>Have this at hand: it lets the vendor find your license.</Typography>
      <Facts of={[
        ['License ID', id ? <Code of={id} /> : undefined],
        ['Product', of.productTitle],
        ['Host', host?.name],
        ['Fingerprint', host?.keyId ? <Code of={host.keyId} /> : undefined],
        ['E-mail', vendor?.supportEmail],
        ['Help', vendor?.supportUrl ? <Link href={vendor.supportUrl} rel="noreferrer">{vendor.supportUrl}</Link> : undefined],
      ]} />
    </Confirm>
  );
}
