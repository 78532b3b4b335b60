import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { DropZone } from './DropZone';
import { LARGEST_LETTER } from './files';
import { messageOf } from './http';
import { Note, Working } from './notes';
import { MONOSPACE } from './theme';

/** What was given, as the server reads it. */
export interface DocumentCheck {
  kind: string;
  /** Whether it can be used for what is asked here. */
  installable: boolean;
  message: string;
}

const PAUSE = 200;

interface DocumentInputProps {
  label: string;
  /** For the button: "Upload a usage license". */
  what: string;
  value: string;
  onChange: (text: string) => void;
  /** Asks the server what it is. */
  check: (text: string) => Promise<DocumentCheck>;
  onVerdict: (verdict: DocumentCheck | undefined) => void;
  /** What became of the document, in place of what it is. */
  outcome?: ReactNode;
  autoFocus?: boolean;
}

/**
 * Takes a document by drop, paste, upload, or from a hand-held scanner that types what it reads, and says at once what was given: also that it is something else than what is
 * wanted, half of it, or which part of a code is missing. It stands under a fold of eight lines.
 */
export function DocumentInput({ label, what, value, onChange, check, onVerdict, outcome, autoFocus = false }: DocumentInputProps) {
  const [seen, setSeen] = useState<DocumentCheck | undefined>();
  const [failure, setFailure] = useState('');
  const [asking, setAsking] = useState(false);
  const latest = useRef(0);
  const now = useRef({ check, onVerdict });
  useEffect(() => { now.current = { check, onVerdict }; });

  useEffect(() => {
    const mine = ++latest.current;
    const tell = (verdict: DocumentCheck | undefined, problem = '') => {
      if (mine !== latest.current) return;
      setAsking(false);
      setSeen(verdict);
      setFailure(problem);
      now.current.onVerdict(verdict);
    };
    if (value.trim() === '') {
      tell(undefined);
      return undefined;
    }
    if (value.length > LARGEST_LETTER) {
      tell({ kind: 'unreadable', installable: false, message: `This has ${Math.round(value.length / 1000).toLocaleString('en-GB')},000 characters: it is no license document. Those are texts of a few thousand.` });
      return undefined;
    }
    setAsking(true);
    now.current.onVerdict(undefined);
    const timer = setTimeout(() => { now.current.check(value).then(verdict => tell(verdict), (problem: unknown) => tell(undefined, messageOf(problem))); }, PAUSE);
    return () => clearTimeout(timer);
  }, [value]);

  return (
    <DropZone what={what} accept=".txt,.eml,.lic,.json,.jose,.htm,.html,text/*,message/rfc822,application/json" largest={LARGEST_LETTER} onText={onChange}>
      <TextField label={label} multiline minRows={4} maxRows={8} fullWidth value={value} onChange={event => onChange(event.target.value)} autoFocus={autoFocus}
        placeholder="Paste it here, with everything around it" autoComplete="off"
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '0.8125rem' } }, inputLabel: { shrink: true } }} />
      {asking ? <Working text="Looking at what this is" /> : null}
      {!asking && failure ? <Note kind="warning">{failure}</Note> : null}
      {outcome ?? null}
      {!asking && !outcome && seen ? <Note kind={seen.installable ? 'success' : seen.kind === 'parts' ? 'info' : 'warning'}>{seen.message}</Note> : null}
    </DropZone>
  );
}
