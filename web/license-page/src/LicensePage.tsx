import { Failure, Note, Sentence, ServerTime, Working } from '@charter/kit';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LicenseDocument, Order } from './api';
import { ContactVendor, Deactivate, Reactivated, StartEmergency, StopWaiting } from './Dialogs';
import { Headline } from './Headline';
import { WaitingForSeat } from './Seat';
import { Ordered } from './Ordered';
import { startsWithWizard, underway } from './states';
import { Proof, RequestWindow, useNewRequest } from './Letters';
import { Status } from './Status';
import { useLicense } from './useLicense';
import { goToPurchase, goToServers, goToUpload, Wizard } from './Wizard';

const GUIDE = '/docs/license-types.html';

/** What the buttons do, in the words of the glossary. */
const LABELS: Record<string, string> = {
  activate: 'Activate a license', 'start-trial': 'Start a trial', reactivate: 'Reactivate', deactivate: 'Deactivate',
  'start-emergency': 'Start an emergency day', 'contact-vendor': 'Contact the vendor', 'check-connection': 'Check connection', 'upload-usage-license': 'Upload Usage License',
  'show-request': 'Show the request again', 'show-order': 'Show order',
};

/** These change nothing: they are for who may only look, too. */
const HARMLESS = ['contact-vendor', 'show-request', 'show-order'];

/** A license that is in force can be upgraded: by letter where it came by letter, else by buying. */
const UPGRADABLE = ['licensed', 'ending-soon', 'clock-behind'];
/** In these a letter can fetch what the vendor has changed meanwhile. */
const RENEWABLE = ['grace', 'degraded', 'emergency', 'ended', 'suspended', 'not-started'];

type Open = 'deactivate' | 'stop-waiting' | 'emergency' | 'contact' | 'request' | undefined;

/**
 * The License page of a product: the state of its license, what it means and what to do; the way to a license; everything that is known of it.
 *
 * @param base where the License page's REST API is, such as /api/license
 * @param mayChange whether whoever looks may also change; the server decides in any case
 */
export function LicensePage({ base = '/api/license', guide = GUIDE, mayChange = true }: { base?: string; guide?: string; mayChange?: boolean }) {
  const { api, query, put } = useLicense(base);
  const [wizard, setWizard] = useState<boolean>();
  const [open, setOpen] = useState<Open>();
  const reactivation = useMutation({ mutationFn: api.reactivate, onSuccess: outcome => put(outcome.license) });
  const trial = useMutation({ mutationFn: api.startTrial, onSuccess: document => { setWizard(undefined); put(document); } });
  const [round, setRound] = useState(0);
  const of = query.data;
  const update = useNewRequest(api, of, document => { reactivation.reset(); put(document); setOpen('request'); });

  if (!of) return query.isPending ? <Working text="Reading the license" /> : <Failure of={query.error} again={() => void query.refetch()} />;

  const inWizard = mayChange && (wizard ?? startsWithWizard(of));
  const done = (document: LicenseDocument) => {
    setOpen(undefined);
    setWizard(undefined);
    // What was begun with the license before is over.
    setRound(round + 1);
    reactivation.reset();
    put(document);
  };
  const upload = () => {
    setOpen(undefined);
    goToUpload(api.base);
    setWizard(true);
    setRound(round + 1);
  };
  const chooseServers = () => {
    goToServers(api.base, of);
    setWizard(true);
    setRound(round + 1);
  };
  const buy = (wanted?: Order | 'support') => {
    reactivation.reset();
    goToPurchase(api.base, of, wanted);
    setWizard(true);
    setRound(round + 1);
  };
  const waits = of.waitsForSeat;
  const act: Record<string, () => void> = {
    activate: () => { reactivation.reset(); setWizard(true); },
    'start-trial': () => trial.mutate(),
    reactivate: () => reactivation.mutate(),
    'check-connection': () => reactivation.mutate(),
    deactivate: () => setOpen('deactivate'),
    'start-emergency': () => setOpen('emergency'),
    'contact-vendor': () => setOpen('contact'),
    'upload-usage-license': upload,
    'show-request': () => setOpen('request'),
    'show-order': () => setWizard(undefined),
  };
  const waiting = of.usageRequest;
  const advice = of.reactivationAdvice;
  // Where the wizard stands on the page, it offers these itself; where nothing can be fetched, the advice stands in place of the button.
  // An order stands on the page anyway, unless another way to a license is being gone.
  // Checking the connection fetches the license: one button for what is one.
  const offered = of.actions.filter(action => action in act && !(action === 'reactivate' && of.actions.includes('check-connection')) && (action !== 'show-order' || inWizard) && !(inWizard && (action === 'activate' || action === 'start-trial')) && !(waits && (action === 'reactivate' || action === 'check-connection' || (action === 'deactivate' && !of.license)))
    && !(advice && (action === 'reactivate' || action === 'check-connection')) && (mayChange || HARMLESS.includes(action)));
  const byLetter = of.license !== undefined && (of.license.type === 'offline' || advice !== undefined);
  // What a seat may do is changed in the pool, and fetched with the next renewal.
  const upgrades = mayChange && UPGRADABLE.includes(of.state) && !of.seat;
  const elsewhere = mayChange && !inWizard && of.seat?.issuer === 'floating-server' && of.seat.away === true;
  const asks = mayChange && byLetter && (upgrades || RENEWABLE.includes(of.state));
  const adds = upgrades && !asks && !inWizard && !underway(of);
  const changing = reactivation.isPending || trial.isPending || update.working;

  return (
    <ServerTime now={of.now} readAt={query.dataUpdatedAt}>
      <Stack spacing={2} sx={{ minWidth: 0 }}>
        <Headline of={of}>
          {offered.length === 0 && !upgrades && !asks && !elsewhere ? null : (
            <>
              {offered.filter(action => action !== 'deactivate').map((action, index) => {
                const working = changing && ((action === 'reactivate' && reactivation.isPending) || (action === 'start-trial' && trial.isPending));
                return (
                  <Button key={action} variant={index === 0 && !underway(of) && !waits ? 'contained' : 'outlined'} disabled={changing} onClick={act[action]}
                    startIcon={working ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : undefined}>
                    {action === 'start-trial' && of.state === 'trial-over' ? 'Start the trial again' : LABELS[action]}
                  </Button>
                );
              })}
              {elsewhere ? <Button variant="outlined" disabled={changing} onClick={chooseServers}>Other license servers</Button> : null}
              {asks ? <Button variant="outlined" disabled={changing} onClick={() => update.make({})}>{upgrades ? 'Upgrade License' : 'Ask for a new usage license'}</Button> : null}
              {adds ? <Button variant="outlined" disabled={changing} onClick={() => buy()}>Upgrade License</Button> : null}
              {offered.includes('deactivate') ? <Button variant="outlined" color="error" disabled={changing} onClick={act['deactivate']}>{LABELS['deactivate']}</Button> : null}
              {advice && of.license ? <Typography variant="body2" sx={{ flexBasis: '100%', color: 'text.secondary', overflowWrap: 'anywhere' }}><Sentence text={advice} /></Typography> : null}
            </>
          )}
        </Headline>
        {query.error ? <Failure of={query.error} again={() => void query.refetch()} /> : null}
        <Reactivated outcome={reactivation.data} failure={reactivation.error} byLetter={mayChange && of.license && !of.seat ? () => update.make({}) : undefined} />
        <Failure of={update.failure} />
        {trial.error ? <Failure of={trial.error} /> : null}
        {of.configurationLocked ? <Note kind="warning">Settings are locked in this state: what is there goes on, and changes are refused.</Note> : null}
        {of.actions.includes('show-proof') ? <Proof of={of} /> : null}
        {waits && !inWizard ? (
          <WaitingForSeat of={of} waits={waits} working={changing}
            {...(mayChange ? { onAsk: () => reactivation.mutate(), onOthers: waits.servers.length > 0 ? chooseServers : undefined, onStop: of.actions.includes('deactivate') && !of.license ? () => setOpen('stop-waiting') : undefined } : {})} />
        ) : null}
        {of.order ? <Ordered api={api} of={of} order={of.order} mayChange={mayChange} onRead={() => void query.refetch()} onAgain={buy} onCancelled={order => { if (!inWizard) buy(order); }} /> : null}
        {inWizard ? (
          <Wizard key={`${base} ${round}`} api={api} of={of} guide={guide} opened={wizard === true} onChanged={document => { setWizard(true); put(document); }} onFinish={() => setWizard(undefined)}
            onShowRequest={() => setOpen('request')} onRead={() => void query.refetch()}
            onOrdered={order => { setWizard(undefined); put({ ...of, order }); void query.refetch(); }}
            onLeave={startsWithWizard(of) ? undefined : () => setWizard(undefined)} />
        ) : null}
        {inWizard && startsWithWizard(of) ? null : <Status of={of} onChangeSeat={mayChange && !inWizard ? chooseServers : undefined} onExtend={adds ? () => buy('support') : undefined} />}
      </Stack>
      {open === 'deactivate' ? <Deactivate api={api} of={of} onDone={done} onClose={() => setOpen(undefined)} /> : null}
      {open === 'stop-waiting' ? <StopWaiting api={api} of={of} onDone={done} onClose={() => setOpen(undefined)} /> : null}
      {open === 'emergency' ? <StartEmergency api={api} of={of} onDone={done} onClose={() => setOpen(undefined)} /> : null}
      {open === 'request' && waiting ? <RequestWindow of={of} request={waiting} onUpload={mayChange ? upload : undefined} onClose={() => setOpen(undefined)} /> : null}
      {update.question}
      {open === 'contact' ? <ContactVendor of={of} onClose={() => setOpen(undefined)} /> : null}
    </ServerTime>
  );
}
