import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Icon } from './icons';

/** Is there for who listens; where it is narrow, nobody sees it. */
const HEARD = { position: { xs: 'absolute', sm: 'static' }, clipPath: { xs: 'inset(50%)', sm: 'none' }, width: { xs: '1px', sm: 'auto' }, height: { xs: '1px', sm: 'auto' }, overflow: { xs: 'hidden', sm: 'visible' } } as const;

/** Where one stands in a wizard. Where it is narrow, all steps stand on one line, and the name of the present one below them, however long it is. */
export function Steps({ names, at, skipped = [], label = 'Steps' }: { names: readonly string[]; at: number; skipped?: readonly number[]; label?: string }) {
  const last = names.length - 1;
  return (
    <Box>
      <Box component="ol" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', gap: { xs: 0.75, sm: 1 }, alignItems: 'center' }}>
        {names.map((name, index) => {
          const done = index < at;
          const here = index === at;
          const left = skipped.includes(index);
          return (
            <Box key={name} component="li" aria-current={here ? 'step' : undefined} sx={{ position: 'relative', display: 'flex', alignItems: 'center', gap: { xs: 0.75, sm: 1 }, flex: index === last ? 'none' : 1, minWidth: 0 }}>
              <Box aria-hidden sx={theme => ({
                width: 26, height: 26, borderRadius: '50%', flex: 'none', display: 'grid', placeItems: 'center', fontSize: '0.8125rem', fontWeight: 650,
                border: `1.5px solid ${done || here ? theme.palette.primary.main : theme.palette.text.secondary}`,
                bgcolor: here ? 'primary.main' : 'transparent', color: here ? 'primary.contrastText' : done ? 'primary.main' : 'text.secondary',
              })}>
                {done && !left ? <Icon name="good" sx={{ fontSize: 16 }} /> : index + 1}
              </Box>
              <Typography component="span" variant="body2" sx={{ fontWeight: here ? 650 : 400, color: here ? 'text.primary' : 'text.secondary', textDecoration: left ? 'line-through' : 'none', lineHeight: 1.25, ...HEARD }}>{name}</Typography>
              {index < last ? <Box aria-hidden sx={{ flex: 1, height: '1px', minWidth: 8, bgcolor: 'divider' }} /> : null}
            </Box>
          );
        })}
      </Box>
      <Typography aria-hidden variant="body2" sx={{ display: { xs: 'block', sm: 'none' }, mt: 0.75, color: 'text.secondary' }}>
        {at + 1} of {names.length}: <Box component="span" sx={{ fontWeight: 650, color: 'text.primary' }}>{names[at]}</Box>
      </Typography>
    </Box>
  );
}
