import { Actions, Choices, Facts, Failure, Icon, KeyField, Message, messageOf, Note, Problem, Section, Sentence, Steps, Working, type KeyCheck, type Option } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { LicenseApi, LicenseDocument } from './api';

const STEPS = ['Getting Started', 'Activation Method', 'Additional Details', 'Activation', 'Complete'] as const;
const GETTING_STARTED = 0;
const METHOD = 1;
const DETAILS = 2;
const ACTIVATION = 3;
const COMPLETE = 4;

const STARTS: Record<string, { title: string; text: string }> = {
  'have-license': { title: 'I have a license', text: 'You have a license key, or a file that the vendor sent.' },
  purchase: { title: 'I need to purchase a license', text: 'Choose features and pay; the license follows by itself.' },
  trial: { title: 'Start a trial', text: 'Try it without a license. It may be started again.' },
};

const METHODS: Record<string, string> = { online: 'Online', offline: 'Offline', floating: 'Floating' };

interface Draft {
  step: number;
  start: string;
  method: string;
  key: string;
}

/** What was chosen and typed so far, for each server's page: leaving and coming back goes on where it was. A key is kept in memory only. */
const drafts = new Map<string, Draft>();

export function forgetDrafts(): void {
  drafts.clear();
}

interface WizardProps {
  api: LicenseApi;
  of: LicenseDocument;
  /** Takes what the server says after each change. */
  onChanged: (document: LicenseDocument) => void;
  onFinish: () => void;
  /** Where the wizard can be left without having done anything. */
  onLeave?: (() => void) | undefined;
  /** The guide to the license types, served by the product itself. */
  guide: string;
}

export function Wizard({ api, of, onChanged, onFinish, onLeave, guide }: WizardProps) {
  const [draft, setDraft] = useState<Draft>(() => drafts.get(api.base) ?? { step: GETTING_STARTED, start: firstAvailable(of.gettingStarted), method: firstAvailable(of.methods), key: '' });
  const [verdict, setVerdict] = useState<KeyCheck | undefined>();
  const change = (next: Partial<Draft>) => setDraft(before => {
    const after = { ...before, ...next };
    drafts.set(api.base, after);
    return after;
  });
  const finish = () => {
    drafts.delete(api.base);
    onFinish();
  };

  const activation = useMutation({
    mutationFn: api.activate,
    onSuccess: outcome => {
      if (outcome.outcome === 'activated') {
        // What was typed has done its work; a key is kept no longer than that.
        drafts.delete(api.base);
        setDraft(before => ({ ...before, step: COMPLETE, key: '' }));
      }
      onChanged(outcome.license);
    },
  });
  const trial = useMutation({
    mutationFn: api.startTrial,
    onSuccess: document => {
      drafts.delete(api.base);
      setDraft(before => ({ ...before, step: COMPLETE }));
      onChanged(document);
    },
  });

  const trying = draft.start === 'trial';
  const working = activation.isPending || trial.isPending;
  const refusal = activation.data && activation.data.outcome !== 'activated' ? activation.data : undefined;

  const goOn = () => {
    if (working) return;
    switch (draft.step) {
      case GETTING_STARTED: change({ step: trying ? ACTIVATION : METHOD }); break;
      case METHOD: change({ step: DETAILS }); break;
      case DETAILS:
        change({ step: ACTIVATION });
        activation.mutate(draft.key);
        break;
      case ACTIVATION:
        if (trying) trial.mutate();
        else activation.mutate(draft.key);
        break;
      default: finish();
    }
  };
  const goBack = () => {
    activation.reset();
    trial.reset();
    change({ step: draft.step === ACTIVATION && trying ? GETTING_STARTED : draft.step - 1 });
  };

  // A key that is mistyped, or not all there, is not sent; where it could not be checked, it is.
  const keyReady = draft.key.trim() !== '' && (verdict === undefined || verdict.verdict === 'complete');
  const ready = !working && (draft.step !== DETAILS || keyReady);
  const label = draft.step === COMPLETE ? 'Finish' : draft.step === ACTIVATION ? (trying ? 'Start the trial' : 'Try again') : 'Next';

  const heading = useRef<HTMLHeadingElement>(null);
  const shownStep = useRef(draft.step);
  useEffect(() => {
    if (shownStep.current !== draft.step) {
      shownStep.current = draft.step;
      // Who cannot see the step change hears its name; the key's field takes the focus by itself.
      if (draft.step !== DETAILS) heading.current?.focus();
    }
  }, [draft.step]);

  return (
    <Section title={<span>Activate {of.productTitle}</span>} aside={onLeave && draft.step !== COMPLETE ? <Button size="small" onClick={onLeave}>Back to the status</Button> : undefined}>
      <Box component="form" noValidate onSubmit={event => { event.preventDefault(); if (ready) goOn(); }}>
        <Stack spacing={3}>
          <Steps names={STEPS} at={draft.step} skipped={trying ? [METHOD, DETAILS] : []} />
          <Box sx={{ minHeight: { sm: 250 } }}>
            <Typography variant="h3" component="h3" ref={heading} tabIndex={-1} sx={{ mb: 1.5, fontSize: '1rem', outline: 'none' }}>{titleOf(draft.step, trying, working)}</Typography>
            {draft.step === GETTING_STARTED ? <Choices label="Getting Started" of={startsOf(of)} chosen={draft.start} onChoose={start => change({ start })} /> : null}
            {draft.step === METHOD ? (
              <Stack spacing={1.5}>
                <Choices label="Activation Method" of={methodsOf(of)} chosen={draft.method} onChoose={method => change({ method })} />
                <Link href={guide} variant="body2" target="_blank" rel="noreferrer" sx={{ alignSelf: 'flex-start' }}>The license types, side by side</Link>
              </Stack>
            ) : null}
            {draft.step === DETAILS ? (
              <Stack spacing={1.5}>
                <KeyField value={draft.key} onChange={key => change({ key })} check={api.checkKey} onVerdict={setVerdict} autoFocus />
                <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                  Next asks the vendor{of.contact?.authority ? ` at ${of.contact.authority}` : ''} and takes one activation of the license. The key itself does not leave this server.
                </Typography>
              </Stack>
            ) : null}
            {draft.step === ACTIVATION ? (
              trying ? <TrialOffer of={of} failure={trial.error} working={trial.isPending} />
                : <Activating of={of} working={activation.isPending} failure={activation.error} refusal={refusal} />
            ) : null}
            {draft.step === COMPLETE ? <Completed of={of} /> : null}
          </Box>
          <Actions end>
            {draft.step > GETTING_STARTED && draft.step < COMPLETE ? <Button onClick={goBack} disabled={working}>Back</Button> : null}
            <Button type="submit" variant="contained" disabled={!ready}>{label}</Button>
          </Actions>
        </Stack>
      </Box>
    </Section>
  );
}

function titleOf(step: number, trying: boolean, working: boolean): string {
  switch (step) {
    case GETTING_STARTED: return 'How would you like to begin?';
    case METHOD: return 'How does this server get its license?';
    case DETAILS: return 'Which license?';
    case ACTIVATION: return trying ? 'Start a trial' : working ? 'Asking the vendor' : 'This server was not activated';
    default: return 'Done';
  }
}

function firstAvailable(of: readonly { id: string; available: boolean }[] | null | undefined): string {
  return of?.find(one => one.available)?.id ?? '';
}

function startsOf(of: LicenseDocument): Option[] {
  return (of.gettingStarted ?? []).map(start => ({ id: start.id, available: start.available, title: STARTS[start.id]?.title ?? start.id, text: STARTS[start.id]?.text }));
}

function methodsOf(of: LicenseDocument): Option[] {
  return (of.methods ?? []).map(method => ({ id: method.id, available: method.available, title: METHODS[method.id] ?? method.id, text: method.needs ? <Sentence text={method.needs} /> : undefined }));
}

function TrialOffer({ of, failure, working }: { of: LicenseDocument; failure: unknown; working: boolean }) {
  return (
    <Stack spacing={2}>
      <Typography>{of.productTitle} works without a license until the trial ends{of.trial?.duration ? `: ${hours(of.trial.duration)} from now` : ''}. Then it stops, connections are cut, and the trial may be started again.</Typography>
      {working ? <Working text="Starting the trial" /> : null}
      <Failure of={failure} />
    </Stack>
  );
}

function hours(duration: string): string {
  const found = /^PT(\d+)H$/.exec(duration);
  return found ? `${found[1]} ${found[1] === '1' ? 'hour' : 'hours'}` : duration.replace('PT', '').toLowerCase();
}

interface Refusal {
  outcome: string;
  message?: string | null | undefined;
  code?: string | null | undefined;
  retryAfterSeconds?: number | null | undefined;
}

function Activating({ of, working, failure, refusal }: { of: LicenseDocument; working: boolean; failure: unknown; refusal: Refusal | undefined }) {
  if (working) return <Working text={`Asking the vendor${of.contact?.authority ? ` at ${of.contact.authority}` : ''} for the license of this server`} />;
  let told: ReactNode = null;
  if (failure) told = <Note kind="warning"><Message text={messageOf(failure)} code={failure instanceof Problem ? failure.code : undefined} /></Note>;
  else if (refusal) {
    told = (
      <Note kind={refusal.outcome === 'refused' ? 'error' : 'warning'}>
        <Message text={refusal.message ?? 'The license was not given.'} code={refusal.code} />
      </Note>
    );
  } else {
    // Left in the middle of it: whether it went through is what the page above says; asking again takes no second activation.
    told = <Typography>Asking was interrupted. Try again: the same server takes no second activation.</Typography>;
  }
  return (
    <Stack spacing={1.5}>
      {told}
      {refusal?.retryAfterSeconds ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>Worth trying again after {refusal.retryAfterSeconds} seconds.</Typography> : null}
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>Back leads to the key, which is kept as you typed it.</Typography>
    </Stack>
  );
}

function Completed({ of }: { of: LicenseDocument }) {
  const included = [...(of.license?.features ?? []), ...(of.license?.meters ?? [])].filter(one => one.active).map(one => one.title ?? one.name);
  return (
    <Stack spacing={2}>
      <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
        <Box aria-hidden sx={{ width: 40, height: 40, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: 'success.light', color: 'success.main' }}><Icon name="good" /></Box>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}><Sentence text={of.headline} /></Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={of.meaning} code={of.code} /></Typography>
        </Box>
      </Stack>
      {of.license ? (
        <Facts of={[
          ['License ID', of.license.id],
          ['Includes', included.join(', ')],
          ['Activations', of.license.activationsTotal ? `${of.license.activationsUsed ?? 0} of ${of.license.activationsTotal} used` : undefined],
        ]} />
      ) : null}
    </Stack>
  );
}
