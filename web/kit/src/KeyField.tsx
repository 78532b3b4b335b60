import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { DropZone } from './DropZone';
import { MONOSPACE } from './theme';

export interface KeyCheck {
  verdict: string;
  groups: readonly string[];
  /** Which group is mistyped, and at which of its characters, where that can be told; both counted from 0. */
  wrong: readonly { group: number; position?: number | null | undefined }[];
  message: string;
}

/** A key has 25 characters and 4 dashes; what is much longer is a mail with a key in it. */
const LONGER_THAN_A_KEY = 45;
const PAUSE = 150;

interface KeyFieldProps {
  value: string;
  onChange: (text: string) => void;
  /** Asks the server, which finds a key in whatever was typed or pasted. */
  check: (text: string) => Promise<KeyCheck>;
  onVerdict: (verdict: KeyCheck | undefined) => void;
  autoFocus?: boolean;
}

/** Takes a license key in any case, with spaces, without dashes, or a whole e-mail with a key in it, and marks what is mistyped as it is typed. */
export function KeyField({ value, onChange, check, onVerdict, autoFocus }: KeyFieldProps) {
  const [seen, setSeen] = useState<KeyCheck | undefined>();
  const latest = useRef(0);
  const onVerdictNow = useRef(onVerdict);
  const onChangeNow = useRef(onChange);
  const checkNow = useRef(check);
  useEffect(() => {
    onVerdictNow.current = onVerdict;
    onChangeNow.current = onChange;
    checkNow.current = check;
  });

  useEffect(() => {
    const mine = ++latest.current;
    const tell = (verdict: KeyCheck | undefined) => {
      if (mine !== latest.current) return;
      setSeen(verdict);
      onVerdictNow.current(verdict);
      if (verdict?.verdict === 'complete' && value.length > LONGER_THAN_A_KEY) onChangeNow.current(verdict.groups.join('-'));
    };
    if (value.trim() === '') {
      tell(undefined);
      return undefined;
    }
    const timer = setTimeout(() => {
      // Where the server cannot be asked, the key is judged when it is used.
      checkNow.current(value).then(tell, () => tell(undefined));
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [value]);

  const mistyped = seen?.verdict === 'mistyped';
  return (
    <DropZone what="a license key file" accept=".txt,.key,.eml,.lic,text/plain" onText={onChange}>
      <TextField label="License key" value={value} onChange={event => onChange(event.target.value)} fullWidth autoFocus={autoFocus ?? false}
        error={mistyped} placeholder="ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2" autoComplete="off"
        slotProps={{
          htmlInput: { spellCheck: false, autoCapitalize: 'characters', 'aria-describedby': 'charter-key-verdict', style: { fontFamily: MONOSPACE, letterSpacing: '0.04em' } },
          inputLabel: { shrink: true },
        }}
        // A field of one line would run the lines of a pasted mail together.
        onPaste={event => { const text = event.clipboardData.getData('text'); if (/[\r\n]/.test(text)) { event.preventDefault(); onChange(text); } }} />
      <Box sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap', minHeight: 32 }} aria-hidden>
        {[0, 1, 2, 3, 4].map(index => <Group key={index} text={seen?.groups[index] ?? ''} number={index} check={seen} />)}
      </Box>
      <Typography id="charter-key-verdict" role="status" variant="body2"
        sx={{ minHeight: '1.5em', color: mistyped ? 'error.main' : seen?.verdict === 'complete' ? 'success.main' : 'text.secondary' }}>
        {seen?.message ?? 'Five groups of five characters. Any case, with or without dashes; or paste the whole e-mail.'}
      </Typography>
    </DropZone>
  );
}

function Group({ text, number, check }: { text: string; number: number; check: KeyCheck | undefined }) {
  const wrong = check?.wrong.filter(place => place.group === number) ?? [];
  const positions = wrong.flatMap(place => (place.position === undefined || place.position === null ? [] : [place.position]));
  const bad = wrong.length > 0;
  const good = check?.verdict === 'complete';
  return (
    <Box component="span" data-group={number + 1} data-wrong={bad || undefined}
      sx={theme => ({
        fontFamily: MONOSPACE, fontSize: '0.9375rem', lineHeight: '30px', minHeight: 32, px: 1, minWidth: '4.4em', textAlign: 'center', borderRadius: 0.75, letterSpacing: '0.06em',
        border: `1px solid ${bad ? theme.palette.error.main : good ? theme.palette.success.main : theme.palette.divider}`,
        bgcolor: bad ? 'error.light' : good ? 'success.light' : 'background.default', color: 'text.primary',
      })}>
      {[...text].map((character, index) => positions.includes(index)
        ? <Box key={index} component="mark" sx={{ bgcolor: 'error.main', color: 'error.contrastText', borderRadius: 0.5, px: '1px' }}>{character}</Box>
        : <span key={index}>{character}</span>)}
    </Box>
  );
}
