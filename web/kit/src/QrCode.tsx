import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { correction, generate } from 'lean-qr';
import { useEffect, useMemo, useState } from 'react';
import { Icon } from './icons';
import { Actions } from './layout';
import { Note } from './notes';

/** The light margin that readers need around a code: four modules (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;
/** How large a module is drawn where there is room, in pixels: a phone reads version 25 at arm's length. */
const MODULE = 3;
/** How long each part is shown when they run by themselves: what a phone's camera takes to find and read one. */
const EACH = 1_500;

interface Drawing {
  /** Modules on a side, with the quiet zone. */
  side: number;
  path: string;
}

/** The code of a text at level M, as the squares of an SVG path; none for a text that no code holds. */
function drawingOf(text: string): Drawing | undefined {
  let code;
  try {
    code = generate(text, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M });
  } catch {
    return undefined;
  }
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (code.get(x + 1, y)) x++;
      path += `M${from + QUIET_ZONE} ${y + QUIET_ZONE}h${x + 1 - from}v1h-${x + 1 - from}z`;
    }
  }
  return { side: code.size + 2 * QUIET_ZONE, path };
}

function Drawn({ of, name, large = false }: { of: Drawing; name: string; large?: boolean }) {
  return (
    <Box component="svg" role="img" aria-label={name} viewBox={`0 0 ${of.side} ${of.side}`} shapeRendering="crispEdges"
      // Dark on white also in a dark window: many readers know no other way.
      sx={{ display: 'block', width: large ? 'min(92vw, 80vh)' : `min(100%, ${of.side * MODULE}px)`, height: 'auto', bgcolor: '#ffffff', borderRadius: large ? 0 : 1 }}>
      <path fill="#ffffff" d={`M0 0h${of.side}v${of.side}h-${of.side}z`} />
      <path fill="#000000" d={of.path} />
    </Box>
  );
}

interface QrCodeProps {
  /** What is in the code; several texts are numbered parts, shown one at a time. */
  texts: readonly string[];
  name: string;
}

/** A text as QR code, for a phone or a hand-held scanner. Of several parts one is shown at a time; they can run through by themselves, in any order and as often as it takes. */
export function QrCode({ texts, name }: QrCodeProps) {
  const [shown, setShown] = useState(0);
  const [running, setRunning] = useState(false);
  const [large, setLarge] = useState(false);
  const parts = texts.length;
  const part = Math.min(shown, parts - 1);
  const text = texts[part];
  const drawing = useMemo(() => (text === undefined ? undefined : drawingOf(text)), [text]);
  const step = (by: number) => setShown((part + by + parts) % parts);

  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setShown(before => (before + 1) % parts), EACH);
    return () => clearInterval(timer);
  }, [running, parts]);

  if (text === undefined) return null;
  if (!drawing) return <Note kind="warning">This is too long for a QR code. Copy or download it instead.</Note>;
  const called = parts > 1 ? `${name}, part ${part + 1} of ${parts}` : name;
  const controls = parts > 1 ? (
    <Stack direction="row" useFlexGap spacing={0.5} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
      <IconButton size="small" aria-label="Previous part" onClick={() => { setRunning(false); step(-1); }}><Icon name="unfold" sx={{ transform: 'scaleX(-1)' }} /></IconButton>
      <Typography variant="body2" component="span" aria-live={running ? 'off' : 'polite'} sx={{ fontVariantNumeric: 'tabular-nums', minWidth: '7.5em', textAlign: 'center' }}>Part {part + 1} of {parts}</Typography>
      <IconButton size="small" aria-label="Next part" onClick={() => { setRunning(false); step(1); }}><Icon name="unfold" /></IconButton>
      <Button size="small" aria-pressed={running} onClick={() => setRunning(!running)}>{running ? 'Stop here' : 'Run through them'}</Button>
    </Stack>
  ) : null;
  return (
    <Stack spacing={1} sx={{ minWidth: 0 }} data-qr-part={part + 1}>
      <Drawn of={drawing} name={`QR code: ${called}`} />
      {controls}
      <Actions><Button size="small" variant="outlined" startIcon={<Icon name="search" />} onClick={() => setLarge(true)}>Show it larger</Button></Actions>
      {large ? (
        <Dialog open onClose={() => setLarge(false)} maxWidth={false} slotProps={{ paper: { 'aria-label': `QR code: ${called}, larger`, sx: { m: 1, maxWidth: '98vw', maxHeight: '98vh' } } }}>
          <Box sx={{ bgcolor: '#ffffff', display: 'grid', placeItems: 'center' }}><Drawn of={drawing} name={`QR code: ${called}`} large /></Box>
          <DialogActions sx={{ justifyContent: 'space-between', flexWrap: 'wrap' }}>{controls ?? <span />}<Button onClick={() => setLarge(false)}>Close</Button></DialogActions>
        </Dialog>
      ) : null}
    </Stack>
  );
}
