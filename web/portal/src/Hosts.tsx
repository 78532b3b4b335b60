import { Actions, Code, Confirm, Empty, Facts, Failure, Moment, MONOSPACE, Note, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { LossOutcome, OpenedBy, PortalApi, PortalHost, PortalLicense } from './api';
import { License } from './License';

/** The license that a letter was about, each time somebody wants to see its hosts; empty: none so far. */
export interface About {
  licenseId: string;
}

interface HostsProps {
  api: PortalApi;
  /** What a mailed link brought: it opens its license at once. */
  token: string | undefined;
  about: About;
  /** Whether somebody sees it. */
  shown: boolean;
  /** Leads to where letters are brought. */
  onLetter: () => void;
}

/** The hosts of a license, for who knows its key or has a link that was mailed to its contact. */
export function Hosts({ api, token, about, shown, onLetter }: HostsProps) {
  const [opened, setOpened] = useState<{ by: OpenedBy; license: PortalLicense } | undefined>();
  const opening = useMutation({ mutationFn: api.hosts, onSuccess: (license, by) => setOpened({ by, license }) });
  const { mutate } = opening;
  const asked = useRef<string>(undefined);

  useEffect(() => {
    if (token !== undefined && asked.current !== token) {
      asked.current = token;
      mutate({ token });
    }
  }, [token, mutate]);

  const seen = useRef(about);
  useEffect(() => {
    if (!shown) return;
    const another = about !== seen.current && opened?.license.license.id !== about.licenseId;
    seen.current = about;
    if (!opened) return;
    // A letter may have changed who holds it since it was last seen here.
    if (another) setOpened(undefined);
    else mutate(opened.by);
    // What is opened meanwhile is no reason to look again.
  }, [shown, about]);

  useEffect(() => {
    const again = () => {
      if (document.visibilityState === 'visible' && shown && opened) mutate(opened.by);
    };
    document.addEventListener('visibilitychange', again);
    return () => document.removeEventListener('visibilitychange', again);
  }, [shown, opened, mutate]);

  const byKey = opening.variables !== undefined && 'key' in opening.variables;
  if (opened) return <Opened api={api} by={opened.by} of={opened.license} failure={opening.error} onChanged={() => mutate(opened.by)} onLetter={onLetter} onOther={() => { setOpened(undefined); opening.reset(); }} />;
  return (
    <Stack spacing={2}>
      <Box>
        <Typography variant="h1">The hosts of a license</Typography>
        <Typography sx={{ mt: 0.5, color: 'text.secondary', maxWidth: '46rem' }}>See which servers hold an activation, and report one that was destroyed. It takes the license key, or a link by e-mail to the license’s contact.</Typography>
      </Box>
      {opening.isPending ? <Working text="Looking for the license" /> : null}
      <Failure of={byKey ? null : opening.error} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <ByKey working={opening.isPending} failure={byKey ? opening.error : null} onKey={key => mutate({ key })} />
        <ByLink key={about.licenseId} api={api} licenseId={about.licenseId} />
      </Box>
    </Stack>
  );
}

function ByKey({ working, failure, onKey }: { working: boolean; failure: unknown; onKey: (key: string) => void }) {
  const [key, setKey] = useState('');
  return (
    <Section title="With the license key">
      <Box component="form" noValidate onSubmit={event => { event.preventDefault(); if (key.trim() !== '') onKey(key); }}>
        <Stack spacing={1.5}>
          <TextField label="License key" value={key} onChange={event => setKey(event.target.value)} fullWidth placeholder="ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2" autoComplete="off"
            helperText="Any case, with or without dashes; or paste the whole e-mail."
            // A field of one line would run the lines of a pasted mail together.
            onPaste={event => { const text = event.clipboardData.getData('text'); if (/[\r\n]/.test(text)) { event.preventDefault(); setKey(text); } }}
            slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'characters', style: { fontFamily: MONOSPACE } }, inputLabel: { shrink: true } }} />
          <Failure of={failure} />
          <Actions end><Button type="submit" variant="contained" disabled={working || key.trim() === ''}>Show the hosts</Button></Actions>
        </Stack>
      </Box>
    </Section>
  );
}

function ByLink({ api, licenseId }: { api: PortalApi; licenseId: string }) {
  const [id, setId] = useState(licenseId);
  const mailing = useMutation({ mutationFn: api.mailLink });
  return (
    <Section title="With a link by e-mail">
      <Box component="form" noValidate onSubmit={event => { event.preventDefault(); if (id.trim() !== '') mailing.mutate(id.trim()); }}>
        <Stack spacing={1.5}>
          <TextField label="License ID" value={id} onChange={event => { mailing.reset(); setId(event.target.value); }} fullWidth placeholder="lic-…" autoComplete="off"
            helperText="It stands on the License page of each server, and in each usage license’s file name."
            slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'none', style: { fontFamily: MONOSPACE } }, inputLabel: { shrink: true } }} />
          {mailing.data ? <Note>{mailing.data.message}</Note> : null}
          <Failure of={mailing.error} />
          <Actions end><Button type="submit" variant="outlined" disabled={mailing.isPending || mailing.data !== undefined || id.trim() === ''}>Mail the link</Button></Actions>
        </Stack>
      </Box>
    </Section>
  );
}

interface OpenedProps {
  api: PortalApi;
  by: OpenedBy;
  of: PortalLicense;
  /** Why it could not be read again. */
  failure: unknown;
  onChanged: () => void;
  onLetter: () => void;
  onOther: () => void;
}

/** So many hosts are looked through more easily with a filter. */
const MANY = 8;

/** A longer title is written smaller. */
const LONG_TITLE = 90;

function Opened({ api, by, of, failure, onChanged, onLetter, onOther }: OpenedProps) {
  const [lost, setLost] = useState<PortalHost | undefined>();
  const [reported, setReported] = useState<Reported | undefined>();
  const [wanted, setWanted] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const title = `${of.license.productTitle} for ${of.license.customer}`;
  const shown = of.hosts.filter(host => `${host.name ?? ''} ${host.id}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <Stack spacing={2}>
      <Stack direction="row" useFlexGap spacing={1} sx={{ justifyContent: 'space-between', alignItems: 'flex-start', flexWrap: { xs: 'wrap', sm: 'nowrap' } }}>
        <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ overflowWrap: 'anywhere', minWidth: 0, outline: 'none', ...(title.length > LONG_TITLE ? { fontSize: '1.125rem' } : {}) }}>{title}</Typography>
        <Button size="small" onClick={onOther} sx={{ mx: -1.25, flex: 'none' }}>Another license</Button>
      </Stack>
      <License of={of.license} named />
      <Failure of={failure} />
      {reported ? <WhatBecame of={reported} now={of} /> : null}
      <Section title="Hosts" flush aside={of.hosts.length > MANY ? <TextField label="Filter" value={wanted} onChange={event => setWanted(event.target.value)} sx={{ width: 220 }} /> : undefined}>
        {of.hosts.length === 0 ? <Empty title="No host holds this license">The first usage request that is answered takes an activation; its host stands here then.</Empty> : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {shown.map(host => <HostRow key={host.id} of={host} onLost={() => { setReported(undefined); setLost(host); }} />)}
            {shown.length === 0 ? <Typography component="li" variant="body2" sx={{ px: 2.5, py: 2, color: 'text.secondary' }}>No host is called so.</Typography> : null}
          </Box>
        )}
      </Section>
      <Typography variant="body2" sx={{ color: 'text.secondary', maxWidth: '46rem' }}>
        A server that still runs gives its activation back itself: choose Deactivate on its License page and <Link component="button" type="button" variant="body2" onClick={onLetter} sx={{ verticalAlign: 'baseline' }}>bring its deactivation code here</Link>.
        The activation is then free at once.
      </Typography>
      {lost ? <ReportLost api={api} by={by} of={lost} onDone={answer => { setLost(undefined); setReported({ host: lost, answer, before: of }); onChanged(); }} onClose={() => setLost(undefined)} /> : null}
    </Stack>
  );
}

/** A host that was reported destroyed just now. */
interface Reported {
  host: PortalHost;
  answer: LossOutcome;
  /** What was known of the license before. */
  before: PortalLicense;
}

/** What the report was answered, for as long as that is so; then what was decided. */
function WhatBecame({ of: { host, answer, before }, now }: { of: Reported; now: PortalLicense }) {
  const state = now === before ? undefined : now.hosts.find(one => one.id === host.id)?.state;
  const name = host.name ?? 'the host';
  if (answer.outcome === 'waits') {
    switch (state) {
      case 'restored': return <Note kind="success">The vendor’s support has decided: the activation of {name} is free again. Activate the new server with the license key.</Note>;
      case 'active': return <Note kind="warning">The vendor’s support has declined the report: {name} holds its activation as before. Why was written to the license’s contact.</Note>;
      case 'released': return <Note>There is nothing left to decide: {name} has given its activation back itself.</Note>;
    }
  }
  return <Note kind={answer.outcome === 'restored' ? 'success' : 'info'}>{answer.message}</Note>;
}

const STATES: Record<string, string> = { active: 'Holds an activation', released: 'Gave its activation back', lost: 'Reported destroyed; the vendor’s support looks at it', restored: 'Reported destroyed; its activation is free again' };

const named = (host: PortalHost) => host.name ?? 'A host without a name';

function HostRow({ of, onLost }: { of: PortalHost; onLost: () => void }) {
  const holds = of.state === 'active';
  return (
    <Box component="li" sx={theme => ({ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', px: { xs: 2, sm: 2.5 }, py: 1.5, borderTop: `1px solid ${theme.palette.divider}` })}>
      <Box sx={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere', color: holds ? 'text.primary' : 'text.secondary' }}>{named(of)}</Typography>
        <Typography variant="body2" sx={{ color: holds ? 'success.main' : 'text.secondary' }}>{STATES[of.state] ?? of.state}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          Activated <Moment at={of.activatedAt} />, last answer <Moment at={of.lastAnswerAt} as="sentence" /> · <Code of={of.id} />
        </Typography>
      </Box>
      {holds ? <Button size="small" variant="outlined" color="error" onClick={onLost} aria-label={`Report ${named(of)} as destroyed`}>Report as destroyed</Button> : null}
    </Box>
  );
}

const LONGEST_STORY = 2_000;

function ReportLost({ api, by, of, onDone, onClose }: { api: PortalApi; by: OpenedBy; of: PortalHost; onDone: (outcome: LossOutcome) => void; onClose: () => void }) {
  const [story, setStory] = useState('');
  const reporting = useMutation({ mutationFn: () => api.reportLoss(by, of.id, story.trim()), onSuccess: onDone });
  return (
    <Confirm title={`Report ${named(of)} as destroyed?`} does="Report it as destroyed" destroys working={reporting.isPending} disabled={story.trim() === ''} failure={reporting.error} onYes={() => reporting.mutate()} onNo={onClose}>
      <Typography>For a server that burnt, was stolen or cannot be started any more. One that still runs is deactivated on its License page instead.</Typography>
      <Facts of={[
        ['What is lost', 'Its license: should the server come back, it gets no further answer from the vendor'],
        ['What becomes free', 'Its activation, at once or after the vendor’s support has looked at it, whichever the vendor has chosen'],
      ]} />
      <TextField label="What happened" value={story} onChange={event => setStory(event.target.value.slice(0, LONGEST_STORY))} multiline minRows={3} maxRows={8} fullWidth autoFocus
        helperText="When, where, and how you know. The vendor’s support reads this." slotProps={{ inputLabel: { shrink: true } }} />
    </Confirm>
  );
}
