import Box from '@mui/material/Box';
import Radio from '@mui/material/Radio';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

export interface Choice {
  id: string;
  title: string;
  text?: ReactNode;
  available: boolean;
}

/** One decision: cards of which one is chosen. What is not possible here is there, marked so, and cannot be chosen. */
export function Choices({ label, of, chosen, onChoose }: { label: string; of: readonly Choice[]; chosen: string; onChoose: (id: string) => void }) {
  const group = useId();
  return (
    <Box role="radiogroup" aria-label={label} sx={{ display: 'flex', flexDirection: 'column', gap: 1.25 }}>
      {of.map(choice => {
        const id = `${group}-${choice.id}`;
        const here = choice.id === chosen;
        return (
          <Box key={choice.id} component="label" htmlFor={id}
            sx={theme => ({
              display: 'flex', gap: 1, alignItems: 'flex-start', p: 1.25, pr: 2, borderRadius: 1.25, cursor: choice.available ? 'pointer' : 'default',
              border: `1px solid ${here ? theme.palette.primary.main : theme.palette.divider}`, outline: here ? `1px solid ${theme.palette.primary.main}` : 'none',
              bgcolor: here ? 'primary.light' : 'transparent',
              '&:hover': choice.available && !here ? { borderColor: theme.palette.text.secondary } : {},
              '&:focus-within': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 1 },
            })}>
            <Radio id={id} name={group} size="small" checked={here} disabled={!choice.available} onChange={() => onChoose(choice.id)} value={choice.id} sx={{ p: 0.75 }}
              slotProps={{ input: { 'aria-describedby': `${id}-text` } }} />
            <Box sx={{ pt: 0.5, minWidth: 0 }}>
              <Typography component="span" sx={{ fontWeight: 600, color: choice.available ? 'text.primary' : 'text.secondary' }}>
                {choice.title}
              </Typography>
              {choice.available ? null : (
                <Box component="span" sx={theme => ({ ml: 1, px: 0.75, py: 0.125, borderRadius: 1, fontSize: '0.75rem', whiteSpace: 'nowrap', border: `1px solid ${theme.palette.divider}`, color: 'text.secondary' })}>
                  Not available
                </Box>
              )}
              <Typography id={`${id}-text`} variant="body2" component="div" sx={{ color: 'text.secondary' }}>{choice.text}</Typography>
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
