import Alert, { type AlertColor } from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { messageOf, Problem } from './http';
import { Icon, type IconName } from './icons';
import { Sentence } from './moments';

/** A message with its code small, at the end. */
export function Message({ text, code }: { text: string; code?: string | null | undefined }) {
  return (
    <>
      <Sentence text={text} />
      {code ? <Box component="small" sx={{ ml: 0.75, fontSize: '0.8em', fontStyle: 'italic', whiteSpace: 'nowrap' }}>({code})</Box> : null}
    </>
  );
}

const DRAWN: Record<AlertColor, IconName> = { success: 'good', info: 'clock', warning: 'attention', error: 'stopped' };

/** Something to know: what is, and what to do. */
export function Note({ kind = 'info', children, action }: { kind?: AlertColor; children: ReactNode; action?: ReactNode }) {
  return (
    <Alert severity={kind} icon={<Icon name={DRAWN[kind]} fontSize="small" />} role={kind === 'error' || kind === 'warning' ? 'alert' : 'status'} action={action}
      sx={theme => ({
        bgcolor: theme.palette[kind].light, color: 'text.primary', alignItems: 'flex-start',
        // Where it is narrow, what can be done stands below what is said.
        flexWrap: { xs: action ? 'wrap' : 'nowrap', sm: 'nowrap' }, '& .MuiAlert-action': { flex: { xs: '1 1 100%', sm: 'none' }, justifyContent: 'flex-end', pt: { xs: 0, sm: 0.5 } },
        '& .MuiAlert-icon': { color: `${kind}.main` }, '& .MuiAlert-message': { overflowWrap: 'anywhere', minWidth: 0, flex: { xs: '1 1 70%', sm: 'initial' } },
      })}>
      {children}
    </Alert>
  );
}

/** What went wrong with a request, in the server's words. */
export function Failure({ of, again }: { of: unknown; again?: () => void }) {
  if (!of) return null;
  const code = of instanceof Problem ? of.code : undefined;
  return (
    <Note kind="warning" action={again ? <Button color="inherit" size="small" onClick={again}>Try again</Button> : undefined}>
      <Message text={messageOf(of)} code={code} />
    </Note>
  );
}

/** What will be here, and how to get it. */
export function Empty({ title, children, icon = 'empty', action }: { title: string; children?: ReactNode; icon?: IconName; action?: ReactNode }) {
  return (
    <Stack spacing={1} sx={{ alignItems: 'center', textAlign: 'center', px: 3, py: 6 }}>
      <Icon name={icon} sx={{ fontSize: 40, color: 'text.secondary' }} />
      <Typography variant="h3" component="p">{title}</Typography>
      {children ? <Typography variant="body2" sx={{ color: 'text.secondary', maxWidth: '34rem' }}>{children}</Typography> : null}
      {action ? <Box sx={{ pt: 1 }}>{action}</Box> : null}
    </Stack>
  );
}

/** Work that goes on. Nothing is shown in the first 300 ms, so that what is quick does not flicker. */
export function Working({ text }: { text: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack direction="row" spacing={1.5} role="status" sx={{ alignItems: 'center', py: 2, visibility: shown ? 'visible' : 'hidden' }}>
      <CircularProgress size={20} aria-label={text} />
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>{text}</Typography>
    </Stack>
  );
}

interface Question {
  title: string;
  /** What it does; for what can't be undone, what will be lost. */
  children: ReactNode;
  /** What the button does: "Deactivate this server", never "OK". */
  does: string;
  destroys?: boolean;
  working?: boolean;
  disabled?: boolean;
  failure?: unknown;
  onYes: () => void;
  onNo: () => void;
}

/** A question with a longer name in it is set smaller, so that what will be lost stays in sight. */
const LONG = 90;

/** Asks before something is done. Enter in a field of it does it; Escape leaves all as it is. */
export function Confirm({ title, children, does, destroys = false, working = false, disabled = false, failure, onYes, onNo }: Question) {
  const id = useId();
  return (
    <Dialog open onClose={working ? undefined : onNo} maxWidth="sm" fullWidth aria-labelledby={id}>
      {/* What is long scrolls above the buttons, which stay in sight. */}
      <Box component="form" noValidate onSubmit={event => { event.preventDefault(); if (!working && !disabled) onYes(); }} sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}>
        <DialogTitle id={id} sx={{ fontSize: title.length > LONG ? '0.9375rem' : '1.125rem', fontWeight: 650, overflowWrap: 'anywhere' }}>{title}</DialogTitle>
        <DialogContent tabIndex={0}>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {children}
            <Failure of={failure} />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, flexWrap: 'wrap', gap: 1 }}>
          <Button onClick={onNo} disabled={working}>{destroys ? 'Keep it as it is' : 'Cancel'}</Button>
          <Button type="submit" variant="contained" color={destroys ? 'error' : 'primary'} disabled={working || disabled}
            startIcon={working ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : undefined}>
            {does}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
