import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import { textOf } from './files';
import { messageOf } from './http';
import { Icon } from './icons';
import { Note } from './notes';

interface DropZoneProps {
  what: string;
  accept?: string;
  /** The largest file that is taken, in bytes. */
  largest?: number;
  onText: (text: string) => void;
  children: ReactNode;
}

/** A place onto which text files can be dropped or pasted, with a button for those who would rather choose them. Several files are the parts of one text. */
export function DropZone({ what, accept, largest, onText, children }: DropZoneProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState('');

  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    try {
      const texts = await Promise.all(files.map(file => textOf(file, largest)));
      setFailure('');
      onText(texts.join('\n'));
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
    const files = [...event.dataTransfer.files];
    if (files.length > 0) void take(files);
    else {
      const text = event.dataTransfer.getData('text');
      if (text) onText(text);
    }
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData.files ?? [])];
    if (files.length === 0 || event.clipboardData.getData('text')) return;
    event.preventDefault();
    void take(files);
  };

  return (
    <Box data-drop-zone onDragEnter={drag} onDragOver={drag} onDragLeave={() => setOver(false)} onDrop={drop} onPaste={paste}
      sx={theme => ({
        border: `1.5px dashed ${over ? theme.palette.primary.main : theme.palette.divider}`, borderRadius: 1.5, p: { xs: 1.5, sm: 2 },
        bgcolor: over ? 'primary.light' : 'transparent', display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0,
      })}>
      {children}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Button size="small" variant="outlined" startIcon={<Icon name="upload" />} onClick={() => chooser.current?.click()}>Upload {what}</Button>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>or drop it here</Box>
      </Box>
      <input ref={chooser} type="file" multiple hidden accept={accept} aria-label={`Upload ${what}`} tabIndex={-1}
        onChange={event => { const input = event.target; void take([...(input.files ?? [])]).then(() => { input.value = ''; }); }} />
      {failure ? <Note kind="warning">{failure}</Note> : null}
    </Box>
  );
}
