import { Icon, Message } from '@charter/kit';
import Box from '@mui/material/Box';

/** What a newer license changed. */
export function Changes({ of }: { of: readonly { kind: string; text: string }[] }) {
  return (
    <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 0, listStyle: 'none' }}>
      {of.map(change => (
        <Box component="li" key={change.text} sx={{ display: 'flex', gap: 0.75, alignItems: 'flex-start' }}>
          <Icon name={change.kind.endsWith('removed') ? 'close' : change.kind.endsWith('added') ? 'add' : 'refresh'} sx={{ fontSize: 18, mt: '2px' }} />
          <span><Message text={change.text} /></span>
        </Box>
      ))}
    </Box>
  );
}
