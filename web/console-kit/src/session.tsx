import { createContext, useContext } from 'react';

/** Who is logged in, at which server. */
export interface Session {
  setupNeeded: boolean;
  user?: { name: string; role: string };
  product: string;
  version: string;
}

const RANK: Record<string, number> = { viewer: 1, operator: 2, administrator: 3 };

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

/** Whether the user may do what needs that role. The server decides in any case; the console only offers what it would allow. */
export function useMay(role: 'viewer' | 'operator' | 'administrator'): boolean {
  return (RANK[useSession().user?.role ?? ''] ?? 0) >= (RANK[role] ?? 4);
}
