import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { textOf } from './files';
import { messageOf } from './http';
import { Icon } from './icons';
import { Note } from './notes';

/** A place onto which a text file can be dropped, with a button for those who would rather choose it. */
export function DropZone({ what, accept, onText, children }: { what: string; accept?: string; onText: (text: string) => void; children: ReactNode }) {
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState('');

  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      const text = await textOf(file);
      setFailure('');
      onText(text);
    } catch (problem) {
      setFailure(messageOf(problem));
    }
  };
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) void take(file);
    else {
      const text = event.dataTransfer.getData('text');
      if (text) onText(text);
    }
  };

  return (
    <Box data-drop-zone onDragEnter={drag} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop}
      sx={theme => ({
        border: `1.5px dashed ${over ? theme.palette.primary.main : theme.palette.divider}`, borderRadius: 1.5, p: { xs: 1.5, sm: 2 },
        bgcolor: over ? 'primary.light' : 'transparent', display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0,
      })}>
      {children}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Button size="small" variant="outlined" startIcon={<Icon name="upload" />} onClick={() => chooser.current?.click()}>Upload {what}</Button>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>or drop it here</Box>
      </Box>
      <input ref={chooser} type="file" hidden accept={accept} aria-label={`Upload ${what}`} tabIndex={-1}
        onChange={event => { const input = event.target; void take(input.files?.[0]).then(() => { input.value = ''; }); }} />
      {failure ? <Note kind="warning">{failure}</Note> : null}
    </Box>
  );
}
