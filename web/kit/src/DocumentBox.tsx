import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { DropZone } from './DropZone';
import { canShare, copy, download, share } from './files';
import { messageOf } from './http';
import { Icon } from './icons';
import { Actions } from './layout';
import { Note } from './notes';
import { MONOSPACE } from './theme';

const LINES_SHOWN = 4;
/** What people read above a document is shown as well, up to so many lines. */
const LINES_SHOWN_ABOVE = 16;

/** A document to give away: its first lines, the rest under a fold, with copy and download. */
export function DocumentBox({ text, file, name }: { text: string; file: string; name: string }) {
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState('');
  const [failure, setFailure] = useState('');
  const lines = text.trimEnd().split('\n');
  const above = lines.findIndex(line => line.startsWith('-----BEGIN '));
  const shown = Math.min(Math.max(above, 0), LINES_SHOWN_ABOVE) + LINES_SHOWN;
  const folded = lines.length > shown + 1;
  const attempt = async (what: Promise<void>, done = '') => {
    try {
      await what;
      setFailure('');
      setTold(done);
      setTimeout(() => setTold(''), 3_000);
    } catch (problem) {
      setFailure(messageOf(problem));
    }
  };
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.25, minWidth: 0 }}>
      <Box component="pre" tabIndex={0} role="group" aria-label={`${name}, text`}
        sx={theme => ({
          m: 0, p: 1.5, borderRadius: 1, border: `1px solid ${theme.palette.divider}`, bgcolor: 'background.default', overflow: 'auto', maxHeight: 320,
          fontFamily: MONOSPACE, fontSize: '0.8125rem', lineHeight: 1.5,
        })}>
        {(open || !folded ? lines : lines.slice(0, shown)).join('\n')}
      </Box>
      <Actions>
        <Button size="small" variant="outlined" startIcon={<Icon name={told ? 'good' : 'copy'} />} onClick={() => void attempt(copy(text), 'Copied')}>{told || 'Copy'}</Button>
        <Button size="small" variant="outlined" startIcon={<Icon name="download" />} onClick={() => download(file, text)}>Download</Button>
        {canShare(file, text) ? <Button size="small" variant="outlined" startIcon={<Icon name="publish" />} onClick={() => void attempt(share(file, text))}>Send on</Button> : null}
        {folded ? (
          <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? 'Show less' : `Show all ${lines.length} lines`}
          </Button>
        ) : null}
      </Actions>
      {failure ? <Note kind="warning">{failure}</Note> : null}
    </Box>
  );
}

interface DocumentFieldProps {
  label: string;
  what: string;
  value: string;
  onChange: (text: string) => void;
  /** What was given, said at once; nothing while the field is empty. */
  verdict?: { good: boolean; text: string } | undefined;
}

/** A document to take: by drop, paste, or upload. A long one stands under a fold. */
export function DocumentField({ label, what, value, onChange, verdict }: DocumentFieldProps) {
  return (
    <DropZone what={what} onText={onChange}>
      <TextField label={label} multiline minRows={3} maxRows={8} fullWidth value={value} onChange={event => onChange(event.target.value)}
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '0.8125rem' } }, inputLabel: { shrink: true } }} />
      {verdict ? (
        <Typography role="status" variant="body2" sx={{ color: verdict.good ? 'success.main' : 'error.main' }}>{verdict.text}</Typography>
      ) : null}
    </DropZone>
  );
}
