import { Empty, Failure, Problem, Working, type ModeChoice } from '@charter/kit';
import Box from '@mui/material/Box';
import { Component, lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useRead } from './api';
import { LogIn, SetUp } from './Entrance';
import { SessionContext } from './session';
import { Shell } from './Shell';

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

export interface ModeProps {
  mode: ModeChoice;
  onMode: (mode: ModeChoice) => void;
}

/** First the setup, then the login, then the console. */
export function App(props: ModeProps) {
  const session = useRead('/api/session', { every: 60_000 });
  if (!session.data) {
    return (
      <Box component="main" sx={{ maxWidth: 480, mx: 'auto', p: 3, pt: 12 }}>
        {session.isPending ? <Working text="Reaching the server" /> : <Failure of={session.error} again={() => void session.refetch()} />}
      </Box>
    );
  }
  if (session.data.setupNeeded) return <SetUp />;
  if (!session.data.user) return <LogIn product={session.data.product} />;
  return (
    <SessionContext.Provider value={session.data}>
      <Shell {...props} away={session.error instanceof Problem && session.error.away ? session.error : undefined}>
        <Surviving>
          <Suspense fallback={<Working text="Opening the page" />}>
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
          </Suspense>
        </Surviving>
      </Shell>
    </SessionContext.Provider>
  );
}

/** A page that fails leaves the menu standing. */
class Surviving extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed
      ? <Empty title="This page could not be shown" icon="attention">Load the page again. If it stays like this, the support bundle on the System page helps whoever looks into it.</Empty>
      : this.props.children;
  }
}
