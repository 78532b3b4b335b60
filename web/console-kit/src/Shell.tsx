import { Confirm, Failure, Icon, request, type IconName, type ModeChoice } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useChange } from './api';
import type { ModeProps } from './mode';
import { useMay, useSession } from './session';

export interface Entry {
  to: string;
  title: string;
  icon: IconName;
  administrator?: boolean;
}

export type MenuOf = readonly (readonly Entry[])[];

const WIDTH = 280;

interface ShellProps extends ModeProps {
  menu: MenuOf;
  icon: IconName;
  /** What stands above every page; it knows by itself where it is not needed. */
  banner?: ReactNode;
  away: unknown;
  children: ReactNode;
}

/** The menu on the left, the banner above every page, the page. */
export function Shell({ menu: entries, icon, banner, mode, onMode, away, children }: ShellProps) {
  const { product } = useSession();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const title = entries.flat().find(entry => (entry.to === '/' ? pathname === '/' : pathname.startsWith(entry.to)))?.title ?? product;
  useEffect(() => {
    document.title = `${title} – ${product}`;
    setOpen(false);
  }, [pathname, title, product]);

  const menu = <Navigation menu={entries} icon={icon} mode={mode} onMode={onMode} />;
  return (
    <Box sx={{ display: 'flex', minHeight: '100vh' }}>
      <Box component="a" href="#content" onClick={event => { event.preventDefault(); document.getElementById('content')?.focus(); }}
        sx={{ position: 'fixed', left: 8, top: -60, zIndex: 2000, bgcolor: 'background.paper', color: 'text.primary', p: 1.5, borderRadius: 1, '&:focus': { top: 8 } }}>
        To the content
      </Box>
      <Box sx={theme => ({ display: { xs: 'none', md: 'block' }, width: WIDTH, flex: 'none', borderRight: `1px solid ${theme.palette.divider}`, bgcolor: 'background.paper', position: 'sticky', top: 0, height: '100vh' })}>
        {menu}
      </Box>
      <Drawer open={open} onClose={() => setOpen(false)} sx={{ display: { md: 'none' } }} slotProps={{ paper: { sx: { width: WIDTH }, 'aria-label': 'Menu of the console' } }}>{menu}</Drawer>
      <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
        <Box component="header" sx={theme => ({ display: { xs: 'flex', md: 'none' }, alignItems: 'center', gap: 1, px: 1, py: 0.5, borderBottom: `1px solid ${theme.palette.divider}`, bgcolor: 'background.paper' })}>
          <IconButton onClick={() => setOpen(true)} aria-label="Open the menu"><Icon name="menu" /></IconButton>
          <Typography sx={{ fontWeight: 650 }}>{product}</Typography>
        </Box>
        {banner}
        <Box component="main" id="content" tabIndex={-1} sx={{ outline: 'none', flex: 1, p: { xs: 1.5, sm: 3 }, width: '100%', maxWidth: 1280, mx: 'auto', display: 'flex', flexDirection: 'column', gap: 2 }}>
          {away ? <Failure of={away} /> : null}
          {children}
        </Box>
      </Box>
    </Box>
  );
}

function Navigation({ menu, icon, mode, onMode }: ModeProps & { menu: MenuOf; icon: IconName }) {
  const { product, version } = useSession();
  const administrator = useMay('administrator');
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%', overflowY: 'auto' }}>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2, pt: 2, pb: 1.5 }}>
        <Box aria-hidden sx={{ width: 32, height: 32, borderRadius: 1.25, bgcolor: 'primary.main', color: 'primary.contrastText', display: 'grid', placeItems: 'center', flex: 'none' }}><Icon name={icon} fontSize="small" /></Box>
        <Box>
          <Typography sx={{ fontWeight: 650, lineHeight: 1.2 }}>{product}</Typography>
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>{version}</Typography>
        </Box>
      </Box>
      <Box component="nav" aria-label="Menu" sx={{ flex: 1 }}>
        {menu.map((group, index) => (
          <Box key={index} component="ul" sx={theme => ({ listStyle: 'none', m: 0, px: 1, py: 0.75, borderTop: index === 0 ? 'none' : `1px solid ${theme.palette.divider}` })}>
            {group.filter(entry => administrator || !entry.administrator).map(entry => (
              <li key={entry.to}>
                <Box component={NavLink} to={entry.to} end={entry.to === '/'}
                  sx={theme => ({
                    display: 'flex', alignItems: 'center', gap: 1.25, px: 1.25, minHeight: 38, borderRadius: 1, color: 'text.primary', textDecoration: 'none', fontSize: '0.9rem',
                    '& svg': { color: 'text.secondary', fontSize: 20 }, '&:hover': { bgcolor: 'action.hover' },
                    '&.active': { bgcolor: 'primary.light', fontWeight: 650, '& svg': { color: 'primary.main' } },
                    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: -2 },
                  })}>
                  <Icon name={entry.icon} />{entry.title}
                </Box>
              </li>
            ))}
          </Box>
        ))}
      </Box>
      <Account mode={mode} onMode={onMode} />
    </Box>
  );
}

const MODES: readonly (readonly [ModeChoice, string])[] = [['light', 'Light'], ['dark', 'Dark'], ['system', 'As the system']];

function Account({ mode, onMode }: ModeProps) {
  const { user } = useSession();
  const client = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [changing, setChanging] = useState(false);
  const logOut = useChange(() => request('DELETE', '/api/session'), [], () => {
    client.clear();
    window.location.hash = '';
    window.location.reload();
  });
  return (
    <Box component="footer" sx={theme => ({ borderTop: `1px solid ${theme.palette.divider}`, p: 1 })}>
      <Button fullWidth color="inherit" onClick={event => setAnchor(event.currentTarget)} startIcon={<Icon name="person" />} aria-haspopup="menu" aria-expanded={anchor !== null}
        sx={{ justifyContent: 'flex-start', textAlign: 'left', overflowWrap: 'anywhere' }}>
        <span>
          {user?.name}
          <Typography component="span" variant="caption" sx={{ display: 'block', color: 'text.secondary', lineHeight: 1.2 }}>{user?.role}</Typography>
        </span>
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {MODES.map(([id, title]) => (
          <MenuItem key={id} selected={mode === id} onClick={() => { onMode(id); setAnchor(null); }}>{title}{mode === id ? <Icon name="good" fontSize="small" sx={{ ml: 1 }} /> : null}</MenuItem>
        ))}
        <MenuItem divider sx={{ p: 0, minHeight: 0 }} disabled aria-hidden />
        <MenuItem onClick={() => { setAnchor(null); setChanging(true); }}>Change password</MenuItem>
        <MenuItem onClick={() => logOut.mutate(undefined)}>Log out</MenuItem>
      </Menu>
      {changing ? <ChangePassword onClose={() => setChanging(false)} /> : null}
    </Box>
  );
}

function ChangePassword({ onClose }: { onClose: () => void }) {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const change = useChange(() => request('PUT', '/api/session/password', { present, next }), [], onClose);
  return (
    <Confirm title="Change your password" does="Change password" working={change.isPending} disabled={present === '' || next === ''} failure={change.error} onYes={() => change.mutate(undefined)} onNo={onClose}>
      <TextField label="Present password" type="password" autoComplete="current-password" autoFocus value={present} onChange={event => setPresent(event.target.value)} fullWidth />
      <TextField label="New password" type="password" autoComplete="new-password" value={next} onChange={event => setNext(event.target.value)} fullWidth helperText="At least 10 characters: a few words are good. Your other sessions end." />
    </Confirm>
  );
}
