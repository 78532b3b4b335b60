import { Frame, type MenuOf, type ModeProps } from '@charter/console-kit';
import { LicenseBanner } from '@charter/license-page';
import { lazy } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';

const Dashboard = lazy(() => import('./pages/Dashboard'));
const Clients = lazy(() => import('./pages/Clients'));
const ClientPage = lazy(() => import('./pages/ClientPage'));
const Topics = lazy(() => import('./pages/Topics'));
const Retained = lazy(() => import('./pages/Retained'));
const Sparkplug = lazy(() => import('./pages/Sparkplug'));
const TryOut = lazy(() => import('./pages/TryOut'));
const Credentials = lazy(() => import('./pages/Credentials'));
const Listeners = lazy(() => import('./pages/Listeners'));
const Bridges = lazy(() => import('./pages/Bridges'));
const License = lazy(() => import('./pages/License'));
const Users = lazy(() => import('./pages/Users'));
const Audit = lazy(() => import('./pages/Audit'));
const Logs = lazy(() => import('./pages/Logs'));
const System = lazy(() => import('./pages/System'));
const Doctor = lazy(() => import('./pages/Doctor'));

const MENU: MenuOf = [
  [
    { to: '/', title: 'Dashboard', icon: 'dashboard' },
    { to: '/clients', title: 'Clients', icon: 'clients' },
    { to: '/topics', title: 'Topics', icon: 'topics' },
    { to: '/retained', title: 'Retained messages', icon: 'retained' },
    { to: '/sparkplug', title: 'Sparkplug', icon: 'sparkplug' },
    { to: '/try', title: 'Publish and subscribe', icon: 'publish' },
  ],
  [
    { to: '/credentials', title: 'MQTT credentials', icon: 'credentials' },
    { to: '/listeners', title: 'Listeners and certificates', icon: 'listeners' },
    { to: '/bridges', title: 'Bridges', icon: 'bridges' },
    { to: '/license', title: 'License', icon: 'license' },
  ],
  [
    { to: '/users', title: 'Users', icon: 'users', administrator: true },
    { to: '/audit', title: 'Audit', icon: 'audit', administrator: true },
    { to: '/logs', title: 'Logs', icon: 'logs' },
    { to: '/doctor', title: 'Doctor', icon: 'doctor' },
    { to: '/system', title: 'System', icon: 'system' },
  ],
];

/** First the setup, then the login, then the console; the license's headline above every page but its own. */
export function App(props: ModeProps) {
  const { pathname } = useLocation();
  return (
    <Frame {...props} menu={MENU} icon="sparkplug" banner={pathname === '/license' ? undefined : <LicenseBanner page="#/license" />}
      advice="Load the page again. If it stays like this, the support bundle on the System page helps whoever looks into it.">
      <Routes>
        <Route path="/" element={<Dashboard />} />
        <Route path="/clients" element={<Clients />} />
        <Route path="/clients/:id" element={<ClientPage />} />
        <Route path="/topics" element={<Topics />} />
        <Route path="/retained" element={<Retained />} />
        <Route path="/sparkplug" element={<Sparkplug />} />
        <Route path="/try" element={<TryOut />} />
        <Route path="/credentials" element={<Credentials />} />
        <Route path="/listeners" element={<Listeners />} />
        <Route path="/bridges" element={<Bridges />} />
        <Route path="/license" element={<License />} />
        <Route path="/users" element={<Users />} />
        <Route path="/audit" element={<Audit />} />
        <Route path="/logs" element={<Logs />} />
        <Route path="/system" element={<System />} />
        <Route path="/doctor" element={<Doctor />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Frame>
  );
}
