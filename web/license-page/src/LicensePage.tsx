import { Failure, Note, ServerTime, Working } from '@charter/kit';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LicenseDocument } from './api';
import { ContactVendor, Deactivate, Reactivated, StartEmergency } from './Dialogs';
import { Headline } from './Headline';
import { startsWithWizard } from './states';
import { Proof, Status } from './Status';
import { useLicense } from './useLicense';
import { Wizard } from './Wizard';

const GUIDE = '/docs/license-types.html';

/** What the buttons do, in the words of the glossary. */
const LABELS: Record<string, string> = {
  activate: 'Activate a license', 'start-trial': 'Start a trial', reactivate: 'Reactivate', deactivate: 'Deactivate',
  'start-emergency': 'Start an emergency day', 'contact-vendor': 'Contact the vendor', 'check-connection': 'Check connection',
};

/** A license that is in force can be upgraded, once upgrading has come. */
const UPGRADABLE = ['licensed', 'ending-soon', 'clock-behind'];

type Open = 'deactivate' | 'emergency' | 'contact' | undefined;

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

  const of = query.data;
  if (!of) return query.isPending ? <Working text="Reading the license" /> : <Failure of={query.error} again={() => void query.refetch()} />;

  const inWizard = mayChange && (wizard ?? startsWithWizard(of.state));
  const done = (document: LicenseDocument) => {
    setOpen(undefined);
    setWizard(undefined);
    reactivation.reset();
    put(document);
  };
  const act: Record<string, () => void> = {
    activate: () => { reactivation.reset(); setWizard(true); },
    'start-trial': () => trial.mutate(),
    reactivate: () => reactivation.mutate(),
    'check-connection': () => reactivation.mutate(),
    deactivate: () => setOpen('deactivate'),
    'start-emergency': () => setOpen('emergency'),
    'contact-vendor': () => setOpen('contact'),
  };
  // Where the wizard stands on the page, it offers these itself.
  const offered = of.actions.filter(action => action in act && !(inWizard && (action === 'activate' || action === 'start-trial')) && (mayChange || action === 'contact-vendor'));
  const changing = reactivation.isPending || trial.isPending;

  return (
    <ServerTime now={of.now} readAt={query.dataUpdatedAt}>
      <Stack spacing={2} sx={{ minWidth: 0 }}>
        <Headline of={of}>
          {offered.length === 0 && !UPGRADABLE.includes(of.state) ? null : (
            <>
              {offered.map((action, index) => {
                const main = index === 0 && action !== 'deactivate';
                const working = changing && ((action === 'reactivate' && reactivation.isPending) || (action === 'start-trial' && trial.isPending));
                return (
                  <Button key={action} variant={main ? 'contained' : 'outlined'} color={action === 'deactivate' ? 'error' : 'primary'} disabled={changing} onClick={act[action]}
                    startIcon={working ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : undefined}>
                    {action === 'start-trial' && of.state === 'trial-over' ? 'Start the trial again' : LABELS[action]}
                  </Button>
                );
              })}
              {UPGRADABLE.includes(of.state) && mayChange ? (
                <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
                  <Button variant="outlined" disabled aria-describedby="charter-upgrade">Upgrade License</Button>
                  <Typography id="charter-upgrade" variant="caption" sx={{ color: 'text.secondary' }}>Not available yet</Typography>
                </Stack>
              ) : null}
            </>
          )}
        </Headline>
        {query.error ? <Failure of={query.error} again={() => void query.refetch()} /> : null}
        <Reactivated outcome={reactivation.data} failure={reactivation.error} />
        {trial.error ? <Failure of={trial.error} /> : null}
        {of.configurationLocked ? <Note kind="warning">Settings are locked in this state: what is there goes on, and changes are refused.</Note> : null}
        <Proof of={of} />
        {inWizard ? (
          <Wizard key={`${base}`} api={api} of={of} guide={guide} onChanged={document => { setWizard(true); put(document); }} onFinish={() => setWizard(undefined)}
            onLeave={startsWithWizard(of.state) ? undefined : () => setWizard(undefined)} />
        ) : null}
        {inWizard && startsWithWizard(of.state) ? null : <Status of={of} />}
      </Stack>
      {open === 'deactivate' ? <Deactivate api={api} of={of} onDone={done} onClose={() => setOpen(undefined)} /> : null}
      {open === 'emergency' ? <StartEmergency api={api} of={of} onDone={done} onClose={() => setOpen(undefined)} /> : null}
      {open === 'contact' ? <ContactVendor of={of} onClose={() => setOpen(undefined)} /> : null}
    </ServerTime>
  );
}
