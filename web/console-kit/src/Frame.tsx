import { Empty, Failure, Problem, Working, type IconName } from '@charter/kit';
import Box from '@mui/material/Box';
import { Component, Suspense, type ReactNode } from 'react';
import { useReading } from './api';
import { LogIn, SetUp } from './Entrance';
import type { ModeProps } from './mode';
import { SessionContext, type Session } from './session';
import { Shell, type MenuOf } from './Shell';

interface FrameProps extends ModeProps {
  menu: MenuOf;
  icon: IconName;
  banner?: ReactNode;
  /** What to do about a page that cannot be shown. */
  advice: string;
  /** The routes to the pages. */
  children: ReactNode;
}

/** First the setup, then the login, then the console. */
export function Frame({ menu, icon, banner, advice, children, ...mode }: FrameProps) {
  const session = useReading<Session>('/api/session', { every: 60_000 });
  if (!session.data) {
    return (
      <Box component="main" sx={{ maxWidth: 480, mx: 'auto', p: 3, pt: 12 }}>
        {session.isPending ? <Working text="Reaching the server" /> : <Failure of={session.error} again={() => void session.refetch()} />}
      </Box>
    );
  }
  if (session.data.setupNeeded) return <SetUp icon={icon} />;
  if (!session.data.user) return <LogIn product={session.data.product} icon={icon} />;
  return (
    <SessionContext.Provider value={session.data}>
      <Shell {...mode} menu={menu} icon={icon} banner={banner} away={session.error instanceof Problem && session.error.away ? session.error : undefined}>
        <Surviving advice={advice}>
          <Suspense fallback={<Working text="Opening the page" />}>{children}</Suspense>
        </Surviving>
      </Shell>
    </SessionContext.Provider>
  );
}

/** A page that fails leaves the menu standing. */
class Surviving extends Component<{ advice: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Empty title="This page could not be shown" icon="attention">{this.props.advice}</Empty> : this.props.children;
  }
}
