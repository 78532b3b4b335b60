import { Frame, type MenuOf, type ModeProps } from '@charter/console-kit';
import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { AlarmBanner } from './Alarms';

const Overview = lazy(() => import('./pages/Overview'));
const Seats = lazy(() => import('./pages/Seats'));
const Queue = lazy(() => import('./pages/Queue'));
const License = lazy(() => import('./pages/License'));
const ServerInfo = lazy(() => import('./pages/ServerInfo'));
const Audit = lazy(() => import('./pages/Audit'));
const Users = lazy(() => import('./pages/Users'));

const MENU: MenuOf = [
  [
    { to: '/', title: 'Overview', icon: 'dashboard' },
    { to: '/seats', title: 'Seats', icon: 'clients' },
    { to: '/queue', title: 'Queue and reservations', icon: 'topics' },
  ],
  [
    { to: '/license', title: 'License', icon: 'license' },
    { to: '/server-info', title: 'Server info', icon: 'system' },
  ],
  [
    { to: '/audit', title: 'Exports and audit', icon: 'audit', administrator: true },
    { to: '/users', title: 'Users', icon: 'users', administrator: true },
  ],
];

/** First the setup, then the login, then the console; what is critical above every page. */
export function App(props: ModeProps) {
  return (
    <Frame {...props} menu={MENU} icon="key" banner={<AlarmBanner />} advice="Load the page again. If it stays like this, the server's log helps whoever looks into it.">
      <Routes>
        <Route path="/" element={<Overview />} />
        <Route path="/seats" element={<Seats />} />
        <Route path="/queue" element={<Queue />} />
        <Route path="/license" element={<License />} />
        <Route path="/server-info" element={<ServerInfo />} />
        <Route path="/audit" element={<Audit />} />
        <Route path="/users" element={<Users />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Frame>
  );
}
