import { Actions, Code, DocumentBox, DropZone, Failure, Icon, type IconName, LARGEST_LETTER, Message, MONOSPACE, Note, QrCode, Section, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PortalApi, Reply } from './api';
import { License } from './License';

interface LetterProps {
  api: PortalApi;
  /** A letter that came with the page's address: it is answered at once. */
  brought: string | undefined;
  /** Leads to the hosts of that license. */
  onHosts: (licenseId: string) => void;
}

/** Takes a letter of a host without a network and shows its answer. */
export function Letter({ api, brought, onHosts }: LetterProps) {
  const [text, setText] = useState(brought ?? '');
  const [reply, setReply] = useState<Reply | undefined>();
  const answering = useMutation({ mutationFn: api.answer, onSuccess: setReply });
  const { mutate } = answering;
  const asked = useRef('');
  const give = (letter: string) => {
    setText(letter);
    if (letter.trim() === '') return;
    asked.current = letter;
    mutate(letter);
  };

  useEffect(() => {
    if (brought !== undefined && asked.current !== brought) {
      asked.current = brought;
      mutate(brought);
    }
  }, [brought, mutate]);

  const forget = () => {
    answering.reset();
    setReply(undefined);
  };
  if (reply && reply.outcome !== 'unreadable') {
    return <Answer of={reply} working={answering.isPending} failure={answering.error} onAgain={() => give(asked.current)} onAnother={() => { forget(); setText(''); }} onHosts={onHosts} />;
  }
  return (
    <Stack spacing={2}>
      <Box>
        <Typography variant="h1">Bring a usage request</Typography>
        <Typography sx={{ mt: 0.5, color: 'text.secondary', maxWidth: '46rem' }}>
          For a server without internet: its License page makes a usage request. Give it here, and the usage license comes back at once. A deactivation code is taken here as well.
        </Typography>
      </Box>
      <Section>
        <Box component="form" noValidate onSubmit={event => { event.preventDefault(); give(text); }}>
          <Stack spacing={2}>
            <DropZone what="a request" accept=".txt,.eml,.json,.jose,.htm,.html,text/*,message/rfc822,application/json" largest={LARGEST_LETTER} onText={give}>
              <TextField label="Usage request or deactivation code" multiline minRows={6} maxRows={10} fullWidth value={text}
                onChange={event => { if (answering.isError || reply) forget(); setText(event.target.value); }}
                // What is pasted into an empty field is all of it; what is typed, or scanned part by part, waits for the button.
                onPaste={event => { const pasted = event.clipboardData.getData('text'); if (pasted.trim() !== '' && text.trim() === '') { event.preventDefault(); give(pasted); } }}
                placeholder="Paste it here, with everything around it" autoComplete="off"
                slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '0.8125rem' } }, inputLabel: { shrink: true } }} />
              {reply && !answering.isPending ? <Note kind="warning"><Message text={reply.message} code={reply.code} /></Note> : null}
            </DropZone>
            {answering.isPending ? <Working text="Asking the vendor" /> : null}
            <Failure of={answering.error} />
            <Actions end><Button type="submit" variant="contained" disabled={text.trim() === '' || answering.isPending}>Get the answer</Button></Actions>
          </Stack>
        </Box>
      </Section>
    </Stack>
  );
}

interface Appearance {
  tone: 'success' | 'info' | 'error';
  icon: IconName;
  headline: string;
}

function appearanceOf(of: Reply): Appearance {
  const release = of.kind === 'release';
  switch (of.outcome) {
    case 'answered': return { tone: 'success', icon: 'good', headline: release ? 'The deactivation has arrived' : of.update ? 'The updated usage license is here' : 'The usage license is here' };
    case 'waits': return { tone: 'info', icon: 'clock', headline: 'The vendor’s support looks at this first' };
    default: return { tone: 'error', icon: 'stopped', headline: release ? 'The deactivation was not taken' : 'No usage license was given' };
  }
}

interface AnswerProps {
  of: Reply;
  working: boolean;
  failure: unknown;
  onAgain: () => void;
  onAnother: () => void;
  onHosts: (licenseId: string) => void;
}

/** What is, what it means, what to do now: the answer to a letter. */
function Answer({ of, working, failure, onAgain, onAnother, onHosts }: AnswerProps) {
  const { tone, icon, headline } = appearanceOf(of);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const granted = of.outcome === 'answered' && of.kind !== 'release';
  const license = of.license;
  const exhausted = of.code === 'ACTIVATIONS_EXHAUSTED';
  return (
    <Stack spacing={2}>
      <Paper component="section" variant="outlined" aria-label="The answer" data-outcome={of.outcome} sx={theme => ({ p: { xs: 2, sm: 3 }, borderLeft: `4px solid ${theme.palette[tone].main}` })}>
        <Box sx={{ display: 'flex', gap: { xs: 1.5, sm: 2 }, alignItems: 'flex-start' }}>
          <Box aria-hidden sx={{ width: 44, height: 44, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: `${tone}.light`, color: `${tone}.main` }}><Icon name={icon} /></Box>
          <Box sx={{ minWidth: 0, flex: 1 }}>
            <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ overflowWrap: 'anywhere', outline: 'none' }}>{headline}</Typography>
            <Typography sx={{ mt: 0.5, color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={of.message} code={of.code} /></Typography>
            <Box sx={{ mt: 2 }}>
              <Actions>
                {of.outcome === 'waits' ? <Button variant="contained" onClick={onAgain} disabled={working}>Ask again</Button> : null}
                {exhausted && license ? <Button variant="contained" onClick={() => onHosts(license.id)}>See which hosts hold it</Button> : null}
                <Button variant="outlined" onClick={onAnother}>Bring another request</Button>
              </Actions>
            </Box>
          </Box>
        </Box>
      </Paper>
      <Failure of={failure} />
      {of.document && of.fileName ? (
        <Section title={granted ? 'Usage license' : of.outcome === 'refused' ? 'The refusal, signed' : 'The confirmation, signed'}>
          <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: of.codes.length > 0 ? 'minmax(0, 1fr) minmax(0, 400px)' : 'minmax(0, 1fr)' }, alignItems: 'start' }}>
            <Stack spacing={2} sx={{ minWidth: 0 }}>
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>{granted ? 'Take it to the server as file or text.' : 'Nothing has to be done with it. The server shows it when it is uploaded there.'}</Typography>
              <DocumentBox name={granted ? 'Usage license' : 'Answer'} text={of.document} file={of.fileName} />
              {granted ? <HowToInstall parts={of.codes.length} /> : null}
            </Stack>
            {of.codes.length > 0 && granted ? <QrCode texts={of.codes} name="Usage license" /> : null}
          </Box>
        </Section>
      ) : null}
      {of.outcome === 'waits' ? (
        <Note>
          The request is kept{of.letter ? <> as <Code of={of.letter} /></> : null} and need not be sent again.
        </Note>
      ) : null}
      {license ? <License of={license} aside={<Button size="small" onClick={() => onHosts(license.id)} sx={{ mr: -1.25 }}>Its hosts</Button>} /> : null}
    </Stack>
  );
}

/** What is done on the host that asked. */
function HowToInstall({ parts }: { parts: number }) {
  return (
    <Box component="ol" sx={{ m: 0, pl: 2.5, typography: 'body2', '& li': { mb: 0.5 } }}>
      <li>On the server that made the request, open its License page.</li>
      <li>Choose <strong>Upload Usage License</strong> and drop, paste or upload it there.</li>
      <li>
        Or stand with {parts > 1 ? `these ${parts} QR codes` : 'this QR code'} in front of it: a hand-held scanner types what it reads into the same field{parts > 1 ? ', the parts in any order' : ''}.
      </li>
    </Box>
  );
}
